"""Secrets compared with `==`."""
import hashlib
import hmac
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials

from shop.settings import settings

app = FastAPI()
api_key_header = APIKeyHeader(name="X-API-Key")
basic = HTTPBasic()  # expect: MRL114
WEBHOOK_SECRET = settings.webhook_secret


def partner(api_key: Annotated[str, Depends(api_key_header)]) -> None:
    if api_key != settings.partner_api_key:  # expect: MRL115
        raise HTTPException(401, "Invalid key")


def operator(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]) -> str:
    if credentials.username == settings.operator and credentials.password == settings.operator_password:  # expect: MRL115
        return credentials.username
    raise HTTPException(401, "Wrong user or password")


@app.post("/webhooks/payment")
async def payment(request: Request, x_signature: Annotated[str, Header()]) -> None:
    body = await request.body()
    signature = hmac.new(WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()
    if signature != x_signature:  # expect: MRL115
        raise HTTPException(400, "Bad signature")


@app.post("/internal/flush")
def flush(x_admin_token: Annotated[str, Header()]) -> dict[str, str]:
    if not x_admin_token == settings.admin_token:  # expect: MRL115
        raise HTTPException(403, "Not allowed")
    return {"status": "flushed"}


def may_deploy(request: Request) -> bool:
    return request.headers.get("X-Deploy-Token") == settings.deploy_token  # expect: MRL115
