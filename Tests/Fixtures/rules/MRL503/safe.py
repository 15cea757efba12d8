"""Origins that are named or set elsewhere, and other wildcards."""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from shop.settings import settings

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com"], allow_methods=["*"], allow_headers=["*"])
app.add_middleware(CORSMiddleware, allow_origins=settings.origins or ["https://shop.example.com"])
app.add_middleware(CORSMiddleware, allow_origins=[], allow_origin_regex=None)
app.state.allow_origins = ["*"]
