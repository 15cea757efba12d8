"""Audience and issuer that are checked, or that the tokens do not have."""
import jwt

from shop.settings import settings


def checked(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=["RS256"], audience="shop", issuer=settings.issuer)


def own_tokens(token: str) -> dict:
    # PyJWT refuses a token with `aud` when no audience is passed, so nothing is switched off here.
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])


def several(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=["RS256"], audience=["shop", "shop-admin"])


def explicit(token: str) -> dict:
    return jwt.decode(
        token,
        settings.public_key,
        algorithms=["RS256"],
        audience="shop",
        options={"verify_aud": True, "verify_iss": True},
        issuer=settings.issuer,
    )


def by_setting(token: str) -> dict:
    options = {"verify_aud": bool(settings.audience)}
    return jwt.decode(token, settings.public_key, algorithms=["RS256"], audience=settings.audience, options=options)
