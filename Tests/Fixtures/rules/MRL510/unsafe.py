"""Proxy headers from everyone."""
import uvicorn
from fastapi import FastAPI
from uvicorn import run
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

TRUSTED = "*"

app = FastAPI()
app.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")  # expect: MRL510
app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=["*"])  # expect: MRL510
wrapped = ProxyHeadersMiddleware(app, TRUSTED)  # expect: MRL510


def serve() -> None:
    uvicorn.run(app, port=8000, proxy_headers=True, forwarded_allow_ips="*")  # expect: MRL510


def serve_by_name() -> None:
    run("shop.main:app", host="127.0.0.1", forwarded_allow_ips=TRUSTED)  # expect: MRL510


def serve_by_config() -> None:
    config = uvicorn.Config(app, forwarded_allow_ips="*")  # expect: MRL510
    uvicorn.Server(config).run()
