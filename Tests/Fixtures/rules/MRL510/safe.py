"""Proxy headers from the proxy."""
import uvicorn
from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from shop.settings import settings

app = FastAPI()
app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=["10.0.3.7", "10.0.4.0/24"])
app.add_middleware(ProxyHeadersMiddleware)


def serve() -> None:
    uvicorn.run(app, port=8000, forwarded_allow_ips="127.0.0.1")


def serve_by_setting() -> None:
    uvicorn.run(app, port=8000, forwarded_allow_ips=settings.proxy_address)


def serve_alone() -> None:
    uvicorn.run(app, port=8000, proxy_headers=False)
