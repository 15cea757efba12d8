"""Unverified reading, by a function that says so in its name and by one that does not."""
import jwt


def get_unverified_claims(token: str) -> dict:
    claims = jwt.decode(token, options={"verify_signature": False})  # expect: MRL101
    return claims


def account(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})  # expect: MRL101
    return claims["sub"]
