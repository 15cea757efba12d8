"""The development server for everyone."""
import uvicorn
from fastapi import FastAPI
from uvicorn import run as serve

HOST = "0.0.0.0"

app = FastAPI()


def main() -> None:
    uvicorn.run("shop.main:app", host="0.0.0.0", port=8000, reload=True)  # expect: MRL511


def by_constant() -> None:
    serve("shop.main:app", host=HOST, reload=True)  # expect: MRL511


def version_six() -> None:
    uvicorn.run("shop.main:app", host="::", reload=True)  # expect: MRL511


if __name__ == "__main__":
    uvicorn.run(  # expect: MRL511
        "shop.main:app",
        host="0.0.0.0",
        port=8000,
        reload=True,
    )
