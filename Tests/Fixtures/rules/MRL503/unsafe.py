"""Every site, without credentials."""
from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.middleware.cors import CORSMiddleware

PUBLIC = ["*"]

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"])  # expect: MRL503
app.add_middleware(CORSMiddleware, allow_origins=PUBLIC, allow_credentials=False)  # expect: MRL503
app.add_middleware(CORSMiddleware, allow_origins="*", allow_methods=["GET"])  # expect: MRL503
listed = FastAPI(middleware=[Middleware(CORSMiddleware, allow_origins=["*"])])  # expect: MRL503
