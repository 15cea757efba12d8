from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import OAuth2PasswordRequestForm

from fastapi_users.authentication.strategy import Strategy
from fastapi_users.manager import BaseUserManager
from fastapi_users.router.common import ErrorCode, ErrorModel


def get_auth_router(backend, get_user_manager, authenticator, requires_verification=False):
    router = APIRouter()
    get_current_user_token = authenticator.current_user_token(active=True, verified=requires_verification)

    @router.post(
        "/login",
        name="auth:" + backend.name + ".login",
        responses={400: {"model": ErrorModel}, **backend.transport.get_openapi_login_responses_success()},
    )
    async def login(
        request: Request,
        credentials: OAuth2PasswordRequestForm = Depends(),
        user_manager: BaseUserManager = Depends(get_user_manager),
        strategy: Strategy = Depends(backend.get_strategy),
    ):
        user = await user_manager.authenticate(credentials)
        if user is None or not user.is_active:
            raise HTTPException(status_code=400, detail=ErrorCode.LOGIN_BAD_CREDENTIALS)
        return await backend.login(strategy, user)

    @router.post(
        "/logout",
        name="auth:" + backend.name + ".logout",
        responses={
            401: {"description": "Missing token or inactive user."},
            **backend.transport.get_openapi_logout_responses_success(),
        },
    )
    async def logout(
        user_token: tuple = Depends(get_current_user_token), strategy: Strategy = Depends(backend.get_strategy)
    ):
        user, token = user_token
        return await backend.logout(strategy, user, token)

    return router
