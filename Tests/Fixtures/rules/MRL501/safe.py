"""Named origins with credentials, and options that settings decide."""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from shop.settings import settings

ORIGINS = ["https://shop.example.com", "https://admin.example.com"]

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True, allow_methods=["*"], allow_headers=["*"])
app.add_middleware(CORSMiddleware, allow_origins=[], allow_credentials=True, expose_headers=["*"])


class CORSPolicy:
    def __init__(self, allow_origins: list[str], allow_credentials: bool) -> None:
        self.described = f"{allow_origins} {allow_credentials}"


documented = CORSPolicy(allow_origins=["*"], allow_credentials=True)
