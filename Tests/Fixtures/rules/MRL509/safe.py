"""Hosts by name."""
from fastapi import FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from shop.settings import settings

app = FastAPI()
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.example.com", "*.shop.example.com", "localhost"])
app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)


class HostReport:
    def __init__(self, allowed_hosts: list[str]) -> None:
        self.allowed_hosts = allowed_hosts


report = HostReport(allowed_hosts=["*"])
