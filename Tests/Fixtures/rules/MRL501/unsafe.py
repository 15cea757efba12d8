"""Every site, with credentials."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.cors import CORSMiddleware as Cors

ORIGINS = ["*"]
OPTIONS = {"allow_origins": ["*"], "allow_credentials": True}

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # expect: MRL501
app.add_middleware(  # expect: MRL501
    Cors,
    allow_origins=ORIGINS,
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
app.add_middleware(CORSMiddleware, allow_origins=("https://shop.example.com", "*"), allow_credentials=True)  # expect: MRL501
app.add_middleware(CORSMiddleware, **OPTIONS)  # expect: MRL501

listed = FastAPI(
    middleware=[
        Middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True),  # expect: MRL501
    ]
)
wrapped = CORSMiddleware(app, allow_origins=["*"], allow_credentials=True)  # expect: MRL501


def add_cors(application: FastAPI, origins: list[str]) -> None:
    application.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True)


add_cors(app, ["*"])  # expect-missing: MRL501 (needs parameter flow)
