"""Calls that end."""
import httpx
import requests
from requests import Session

from shop.settings import settings


def plain() -> dict:
    return requests.get("https://rates.example.com", timeout=(3, 10)).json()


def with_session() -> dict:
    with Session() as session:
        return session.get("https://rates.example.com", timeout=settings.timeout).json()


def default_of_httpx() -> dict:
    # Five seconds by default.
    return httpx.get("https://rates.example.com").json()


async def client() -> None:
    async with httpx.AsyncClient(timeout=10) as client:
        await client.get("https://rates.example.com")


def passed_on(**options) -> dict:
    return requests.get("https://rates.example.com", **options).json()


class requests_log:
    @staticmethod
    def get(name: str) -> list[str]:
        return [name]


def read_log() -> list[str]:
    return requests_log.get("rates")
