"""Codes that can be foretold."""
import random
import string
from random import choice, choices, randint

import numpy as np

ALPHABET = string.ascii_letters + string.digits


def make_reset_token() -> str:
    return "".join(random.choices(ALPHABET, k=32))  # expect: MRL705


def generate_password(length: int = 12) -> str:
    return "".join(choice(ALPHABET) for _ in range(length))  # expect: MRL705


def log_in(user) -> None:
    session_token = "".join(choices(ALPHABET, k=40))  # expect: MRL705
    user.session = session_token
    otp = randint(100_000, 999_999)  # expect: MRL705
    user.notify(f"Your code is {otp}")


def invite(user) -> dict[str, str]:
    return {"email": user.email, "api_key": f"{random.getrandbits(128):032x}"}  # expect: MRL705


def reset_code() -> str:
    verification_code = str(random.randrange(10**6)).zfill(6)  # expect: MRL705
    return verification_code


generator = random.Random(42)


def make_voucher() -> str:
    code = "".join(generator.choice(ALPHABET) for _ in range(8))  # expect-missing: MRL705 (a code whose name does not say so)
    return code


def make_salt() -> bytes:
    salt = np.random.bytes(16)  # expect-missing: MRL705 (the generator of NumPy)
    return salt
