"""Several algorithms, one family each."""
import jwt

from shop.settings import settings

HMAC = ["HS256", "HS384", "HS512"]
RSA = ["RS256", "RS384", "PS256"]
SUPPORTED = HMAC + RSA
FAMILIES = {"hmac": HMAC, "rsa": RSA}


def shared(token: str) -> dict:
    return jwt.decode(token, settings.shared_key, algorithms=HMAC)


def public(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=RSA)


def elliptic(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=["ES256", "EdDSA"])


def by_issuer(token: str, issuer: str) -> dict:
    # Key and algorithm are chosen together.
    if issuer == settings.own_issuer:
        return jwt.decode(token, settings.shared_key, algorithms=["HS256"], issuer=issuer)
    return jwt.decode(token, settings.public_key, algorithms=["RS256"], issuer=issuer)


def is_supported(name: str) -> bool:
    return name in SUPPORTED
