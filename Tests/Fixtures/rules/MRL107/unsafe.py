"""Tokens that were meant for somebody else."""
import jwt
from jose import jwt as jose_jwt  # expect: MRL601
from jwt import decode as decode_token

from shop.settings import settings

keys = jwt.PyJWKClient(settings.jwks_url)
NO_AUDIENCE = {"verify_aud": False}


def of_any_service(token: str) -> dict:
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["RS256"], options={"verify_aud": False})  # expect: MRL107


def by_constant(token: str) -> dict:
    return decode_token(token, settings.public_key, ["RS256"], NO_AUDIENCE)  # expect: MRL107


def of_any_issuer(token: str) -> dict:
    return decode_token(  # expect: MRL107
        token,
        settings.public_key,
        algorithms=["RS256"],
        audience="shop",
        options={"verify_iss": False},
    )


def with_jose(token: str) -> dict:
    return jose_jwt.decode(token, settings.public_key, algorithms="RS256", options={"verify_aud": False})  # expect: MRL107


def both_off(token: str) -> dict:
    options = {"verify_aud": False, "verify_exp": False}
    return jwt.decode(token, settings.public_key, algorithms=["RS256"], options=options)  # expect: MRL106, MRL107
