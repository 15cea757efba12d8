"""HTTP Basic."""
import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, security
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from fastapi.security.http import HTTPBasic as Basic

from shop.settings import settings

app = FastAPI()
basic = HTTPBasic(realm="shop")  # expect: MRL114
optional = Basic(auto_error=False)  # expect: MRL114
by_module = security.HTTPBasic()  # expect: MRL114


def operator(credentials: Annotated[HTTPBasicCredentials, Depends(basic)]) -> str:
    right_name = secrets.compare_digest(credentials.username.encode(), settings.operator.encode())
    right_password = secrets.compare_digest(credentials.password.encode(), settings.operator_password.encode())
    if not (right_name and right_password):
        raise HTTPException(401, headers={"WWW-Authenticate": "Basic"})
    return credentials.username


@app.get("/metrics")
def metrics(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> dict[str, str]:  # expect: MRL114
    return {"user": credentials.username}
