"""Calls to addresses that customers and partners give us."""

import os
import re

import httpx
import requests

WEBHOOK_TOKEN = os.getenv("SHOP_WEBHOOK_TOKEN", "webhook-token-changeme")


def send_event(url: str, event: dict) -> int:
    response = requests.post(url, json=event, headers={"X-Shop-Token": WEBHOOK_TOKEN})
    return response.status_code


def preview(url: str) -> dict:
    if not re.match(r"https?://", url) or "localhost" in url:
        raise ValueError(f"{url} is not a public address")
    response = requests.get(url, timeout=5)
    return {"status": response.status_code, "body": response.text[:2000]}


async def fetch_avatar(url: str) -> bytes:
    async with httpx.AsyncClient(timeout=None, follow_redirects=True) as client:
        response = await client.get(url)
    return response.content
