"""Guards of libraries."""
from typing import Optional

import stripe
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Security
from fastapi.security import HTTPBearer
from fastapi_azure_auth import SingleTenantAzureAuthorizationCodeBearer
from fastapi_jwt_auth import AuthJWT
from fastapi_limiter.depends import RateLimiter
from fastapi_login import LoginManager
from fastapi_users import FastAPIUsers
from firebase_admin import auth
from itsdangerous import BadSignature, URLSafeTimedSerializer
from supertokens_python.recipe.session.framework.fastapi import verify_session

from database import backend, get_user_manager

bearer = HTTPBearer()
fastapi_users = FastAPIUsers(get_user_manager, [backend])
signer = URLSafeTimedSerializer("not-a-secret")

# guard: authentication principal
current_user = fastapi_users.current_user()
# guard: gap:missingCredentialAccepted optional
maybe_user = fastapi_users.current_user(optional=True)
# guard: authentication authorization(superuser)
superuser = fastapi_users.current_user(active=True, superuser=True)
# guard: authentication
azure = SingleTenantAzureAuthorizationCodeBearer(app_client_id="x")
# guard: authentication
manager = LoginManager("x", "/login")
# guard: authentication
session_checked = verify_session()
# guard: rate
limited = RateLimiter(times=2, seconds=5)


# guard: authentication
def required(Authorize: AuthJWT = Depends()):
    Authorize.jwt_required()


# guard: nothing
def asked_only(Authorize: AuthJWT = Depends()):
    return Authorize


# guard: authentication
def firebase(credentials=Depends(bearer)):
    return auth.verify_id_token(credentials.credentials)


# guard: authentication
def signed_cookie(request: Request):
    try:
        return signer.loads(request.cookies["session"], max_age=3600)
    except BadSignature:
        raise HTTPException(401)


# guard: authentication
async def webhook(request: Request, stripe_signature: str = Header()):
    return stripe.Webhook.construct_event(await request.body(), stripe_signature, "whsec")


# guard: authentication
def active(user=Depends(current_user)):
    return user


# guard: gap:missingCredentialAccepted
def maybe(user=Depends(maybe_user)):
    return user
