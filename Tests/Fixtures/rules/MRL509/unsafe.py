"""Every host."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware as Hosts

ANY_HOST = ["*"]

app = FastAPI()
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])  # expect: MRL509
app.add_middleware(Hosts, allowed_hosts=ANY_HOST)  # expect: MRL509
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["shop.example.com", "*"])  # expect: MRL509
listed = FastAPI(middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["*"])])  # expect: MRL509
