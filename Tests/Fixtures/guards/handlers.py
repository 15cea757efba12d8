"""Checks inside operations and around them."""
import os
from functools import wraps

import jwt
from fastapi import Depends, FastAPI, HTTPException, Request, WebSocket, WebSocketException
from fastapi.responses import RedirectResponse
from fastapi.security import OAuth2PasswordBearer
from slowapi import Limiter
from slowapi.util import get_remote_address
from starlette.authentication import requires

from database import store

app = FastAPI()
limiter = Limiter(key_func=get_remote_address)
oauth2 = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)
SECRET = os.environ["SECRET"]


def optional_user(token: str = Depends(oauth2)):
    if not token:
        return None
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: handler authentication
@app.get("/a")
def checks_itself(user=Depends(optional_user)):
    if user is None:
        raise HTTPException(401)
    return store.all()


# guard: handler nothing
@app.get("/b")
def does_not_check(user=Depends(optional_user)):
    return store.all()


# guard: handler authentication
@app.get("/c")
def redirects(request: Request):
    if "user" not in request.session:
        return RedirectResponse("/login")
    user = request.session["user"]
    return store.of(user)


def login_required(function):
    @wraps(function)
    async def wrapper(request: Request, *args, **kwargs):
        if not request.session.get("user_id"):
            raise HTTPException(status_code=401)
        return await function(request, *args, **kwargs)

    return wrapper


def logged(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        print("called")
        return await function(*args, **kwargs)

    return wrapper


def role_required(role: str):
    def decorate(function):
        @wraps(function)
        async def wrapper(*args, **kwargs):
            user = kwargs.get("user")
            if user is None or user.get("role") != role:
                raise HTTPException(status_code=403)
            return await function(*args, **kwargs)

        return wrapper

    return decorate


# guard: handler authentication
@app.get("/d")
@login_required
async def decorated(request: Request):
    return store.all()


# guard: handler nothing
@app.get("/e")
@logged
async def decorated_with_logging(request: Request):
    return store.all()


# guard: handler authentication authorization(admin)
@app.get("/f")
@role_required("admin")
async def decorated_with_role(user=Depends(optional_user)):
    return store.all()


# guard: handler authentication
@app.get("/g")
@requires("authenticated")
async def starlette_requires(request: Request):
    return store.all()


# guard: handler authentication authorization(admin)
@app.get("/h")
@requires(["authenticated", "admin"])
async def starlette_requires_scope(request: Request):
    return store.all()


# guard: handler rate
@app.get("/i")
@limiter.limit("5/minute")
async def limited(request: Request):
    return store.all()


# guard: handler authentication
@app.websocket("/ws1")
async def socket_with_token(websocket: WebSocket, token: str):
    try:
        jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        await websocket.close(code=1008)
        return
    await websocket.accept()
    await websocket.send_text(store.all())


# guard: handler nothing
@app.websocket("/ws2")
async def socket_open(websocket: WebSocket):
    await websocket.accept()
    while True:
        await websocket.send_text(await websocket.receive_text())


# guard: handler authentication
@app.websocket("/ws3")
async def socket_first_message(websocket: WebSocket):
    await websocket.accept()
    message = await websocket.receive_json()
    claims = None
    try:
        claims = jwt.decode(message["token"], SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        pass
    if not claims:
        raise WebSocketException(code=1008)
    await websocket.send_json(store.of(claims["sub"]))


# guard: handler ownership
@app.get("/j/{item_id}")
def owned(item_id: int, user=Depends(optional_user)):
    item = store.get(item_id)
    if item is None or item.owner_id != user["id"]:
        raise HTTPException(404)
    return item


# guard: handler nothing
@app.post("/login")
def login(form: dict):
    user = store.find(form["name"])
    if not user or user.password != form["password"]:
        raise HTTPException(401)
    return {"token": jwt.encode({"sub": user.id}, SECRET)}
