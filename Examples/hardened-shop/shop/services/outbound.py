"""Calls to addresses that customers and partners give us.

The host has to be on the list, its addresses are resolved once, have to be public, and the
connection goes to the address that was checked. Redirects are not followed.
"""

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

from shop.config import get_settings

LARGEST_ANSWER = 1_000_000
TIMEOUT = httpx.Timeout(5)


class TargetRefused(Exception):
    """The address is not one that the shop calls."""


class TargetFailed(Exception):
    """The address was called and did not answer as it should."""


@dataclass(frozen=True)
class Target:
    url: str
    host: str


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes


def resolve(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TargetRefused from error
    return [str(entry[4][0]) for entry in found]


def check(url: str) -> Target:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise TargetRefused from error
    if parts.scheme != "https" or parts.username is not None or port not in {None, 443}:
        raise TargetRefused
    if host is None or host not in get_settings().webhook_hosts:
        raise TargetRefused
    addresses = resolve(host)
    if not addresses or not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise TargetRefused
    address = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    return Target(urlunsplit(("https", address, parts.path or "/", parts.query, "")), host)


def call(
    method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    target = check(url)
    try:
        with (
            httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
            client.stream(
                method,
                target.url,
                content=content,
                headers={**(headers or {}), "Host": target.host},
                extensions={"sni_hostname": target.host},
            ) as response,
        ):
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise TargetFailed
            return Answer(response.status_code, body)
    except httpx.HTTPError as error:
        raise TargetFailed from error


def sign(body: bytes, timestamp: str) -> str:
    key = get_settings().webhook_secret.get_secret_value().encode()
    return hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signature_matches(body: bytes, timestamp: str, signature: str) -> bool:
    if not timestamp.isascii() or not timestamp.isdigit():
        return False
    if abs(time.time() - int(timestamp)) > 300:
        return False
    return hmac.compare_digest(sign(body, timestamp).encode(), signature.encode())


def send_event(url: str, event: dict) -> int:
    body = json.dumps(event).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Timestamp": timestamp,
        "X-Signature": sign(body, timestamp),
    }
    return call("POST", url, body, headers).status


def preview(url: str) -> Answer:
    return call("GET", url)


def fetch_avatar(url: str) -> bytes:
    answer = call("GET", url)
    if answer.status != 200 or not is_image(answer.content):
        raise TargetFailed
    return answer.content


def is_image(content: bytes) -> bool:
    return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
