"""Certificates that are checked."""
import ssl

import httpx
import jwt
import requests

from shop.settings import settings

internal = ssl.create_default_context(cafile="/etc/ssl/internal-ca.pem")


def fetch() -> dict:
    return requests.get("https://rates.example.com", timeout=5).json()


def with_authority() -> dict:
    return requests.get("https://rates.internal", verify="/etc/ssl/internal-ca.pem", timeout=5).json()


async def with_context() -> None:
    async with httpx.AsyncClient(verify=internal) as client:
        await client.get("https://rates.internal")


def by_setting() -> dict:
    return httpx.get("https://rates.example.com", verify=settings.ca_file or True).json()


def strict() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class Document:
    verify = True

    def check(self, verify: bool) -> bool:
        self.verify = verify
        return verify


document = Document()
document.verify = False
document.check(verify=False)
