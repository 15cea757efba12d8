"""Other schemes, and Basic as a client."""
import httpx
from fastapi import FastAPI
from fastapi.security import HTTPBearer, HTTPDigest

from shop.settings import settings

app = FastAPI()
bearer = HTTPBearer()
digest = HTTPDigest()


def fetch_rates() -> dict:
    # The other side wants it so; TLS protects it on the way.
    auth = httpx.BasicAuth(settings.rates_user, settings.rates_password)
    return httpx.get("https://rates.example.com/latest", auth=auth, timeout=5).json()


class HTTPBasic:
    """A page that explains the scheme."""


page = HTTPBasic()
