"""Calls that wait for ever."""
import httpx
import requests
from requests import Session, get

NEVER = None


def plain() -> dict:
    return requests.get("https://rates.example.com").json()  # expect: MRL801


def imported() -> dict:
    return get("https://rates.example.com", params={"base": "EUR"}).json()  # expect: MRL801


def with_session() -> dict:
    session = Session()
    return session.post("https://rates.example.com", json={}).json()  # expect: MRL801


def any_method(method: str) -> int:
    return requests.request(method, "https://rates.example.com").status_code  # expect: MRL801


async def switched_off() -> None:
    async with httpx.AsyncClient(timeout=None) as client:  # expect: MRL801
        await client.get("https://rates.example.com")


def by_constant() -> dict:
    return httpx.get("https://rates.example.com", timeout=NEVER).json()  # expect: MRL801
