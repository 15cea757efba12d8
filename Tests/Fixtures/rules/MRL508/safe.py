"""Frame options that browsers obey."""
from fastapi import FastAPI, Response

from shop.settings import settings

app = FastAPI()


def deny(response: Response) -> None:
    response.headers["X-Frame-Options"] = "DENY"


def same_origin(response: Response) -> None:
    response.headers["X-Frame-Options"] = "sameorigin"


def by_setting(response: Response) -> None:
    response.headers["X-Frame-Options"] = settings.frame_options


def frame_ancestors(response: Response) -> None:
    response.headers["Content-Security-Policy"] = (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors https://partner.example"
    )


def explain() -> dict[str, str]:
    return {"frame-options": "ALLOWALL"}
