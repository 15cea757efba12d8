"""Randomness that decides nothing, and secure randomness."""
import asyncio
import random
import secrets
import string
import uuid

TOKENS = ["red", "green", "blue"]


def make_reset_token() -> str:
    return secrets.token_urlsafe(32)


def generate_password() -> str:
    return "".join(secrets.choice(string.ascii_letters) for _ in range(20))


def system_token() -> str:
    token = f"{random.SystemRandom().getrandbits(128):032x}"
    return token


def request_id() -> str:
    return uuid.uuid4().hex


async def retry(attempt: int) -> None:
    await asyncio.sleep(2**attempt + random.random())


def sample(items: list[int]) -> list[int]:
    random.shuffle(items)
    return items[: random.randint(1, 5)]


def colour_of(token: str) -> str:
    colour = random.choice(TOKENS)
    return f"{token}: {colour}"


def replacement(tokens: list[str]) -> int:
    # Words of a language model.
    position = random.randrange(len(tokens))
    return position
