import os

from fastapi import FastAPI

from shop.security import current_user, require_admin, verify_token

app = FastAPI()
app.dependency_overrides[current_user] = lambda: "demo"  # expect: MRL229

if os.environ.get("DEMO"):
    app.dependency_overrides = {require_admin: lambda: "demo"}  # expect: MRL229


def configure(application: FastAPI) -> None:
    application.dependency_overrides[verify_token] = lambda: None  # expect: MRL229
