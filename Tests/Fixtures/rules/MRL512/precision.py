"""Connections without verification, and those where there is nothing to verify or nobody asked for it."""
import ssl

import aiohttp
import httpx


def connector(address: str, limit: int):
    connection = aiohttp.TCPConnector(ssl=False, limit=limit)
    return connection, f"http://{address}"


def secure_connector(address: str):
    connection = aiohttp.TCPConnector(ssl=False)  # expect: MRL512
    return connection, f"https://{address}"


def answers(url: str) -> bool:
    reply = httpx.head(url, timeout=3, verify=False)  # expect: MRL512
    return reply.status_code in (200, 401)


def balance(url: str) -> dict:
    reply = httpx.get(url, timeout=3, verify=False)  # expect: MRL512
    return reply.json()


def context_for(shared):
    if shared is not None:
        return shared
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    return unverified


def always() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MRL512
    return context
