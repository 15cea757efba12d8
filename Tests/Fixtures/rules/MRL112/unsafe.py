"""Keys that the token brings along or points to."""
from pathlib import Path

import httpx
import jwt
import requests
from jwt import get_unverified_header
from jwt.algorithms import RSAAlgorithm

KEY_FOLDER = Path("keys")


def from_jku(token: str) -> dict:
    header = jwt.get_unverified_header(token)
    keys = requests.get(header["jku"], timeout=5).json()["keys"]  # expect: MRL112
    return jwt.decode(token, RSAAlgorithm.from_jwk(keys[0]), algorithms=["RS256"])


async def from_x5u(token: str) -> dict:
    url = get_unverified_header(token).get("x5u")  # expect: MRL112
    async with httpx.AsyncClient() as client:
        certificate = (await client.get(url)).text
    return jwt.decode(token, certificate, algorithms=["RS256"])


def embedded(token: str) -> dict:
    header = get_unverified_header(token)
    key = RSAAlgorithm.from_jwk(header["jwk"])  # expect: MRL112
    return jwt.decode(token, key, algorithms=["RS256"])


def key_file(token: str) -> dict:
    kid = jwt.get_unverified_header(token)["kid"]  # expect: MRL112
    with open(f"/etc/shop/keys/{kid}.pem") as file:
        return jwt.decode(token, file.read(), algorithms=["RS256"])


def key_path(token: str) -> dict:
    header = jwt.get_unverified_header(token)
    key = Path(KEY_FOLDER, header["kid"]).read_text()  # expect: MRL112
    return jwt.decode(token, key, algorithms=["RS256"])


def key_by_slash(token: str) -> dict:
    header = jwt.get_unverified_header(token)
    key = (KEY_FOLDER / header["kid"]).read_text()  # expect: MRL112
    return jwt.decode(token, key, algorithms=["RS256"])


def load_key(name: str) -> str:
    return (KEY_FOLDER / name).read_text()


def by_helper(token: str) -> dict:
    header = jwt.get_unverified_header(token)
    return jwt.decode(token, load_key(header["kid"]), algorithms=["RS256"])  # expect-missing: MRL112 (needs parameter flow)
