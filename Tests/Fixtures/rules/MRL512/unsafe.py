"""Any certificate will do."""
import smtplib
import ssl
from ssl import CERT_NONE, create_default_context

import aiohttp
import httpx
import requests
import urllib3
from httpx import AsyncClient

VERIFY = False


def fetch() -> dict:
    return requests.get("https://rates.example.com", verify=False, timeout=5).json()  # expect: MRL512


def by_constant() -> dict:
    return httpx.post("https://rates.example.com", json={}, verify=VERIFY).json()  # expect: MRL512


async def with_client() -> None:
    async with AsyncClient(verify=False) as client:  # expect: MRL512
        await client.get("https://rates.example.com")


def with_session() -> requests.Session:
    session = requests.Session()
    session.verify = False  # expect: MRL512
    return session


async def with_aiohttp() -> None:
    async with aiohttp.ClientSession() as session:
        await session.get("https://rates.example.com", ssl=False)  # expect: MRL512


def unverified() -> None:
    server = smtplib.SMTP("mail.example.com", 587)
    server.starttls(context=ssl._create_unverified_context())  # expect: MRL512


def loosened() -> ssl.SSLContext:
    context = create_default_context()
    context.check_hostname = False
    context.verify_mode = CERT_NONE  # expect: MRL512
    return context


def any_name() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False  # expect: MRL512
    return context


pool = urllib3.PoolManager(cert_reqs="CERT_NONE")  # expect: MRL512
ssl._create_default_https_context = ssl._create_unverified_context  # expect: MRL512
