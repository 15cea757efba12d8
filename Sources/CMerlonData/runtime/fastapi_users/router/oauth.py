from typing import Any, List

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from fastapi_users.authentication.strategy import Strategy
from fastapi_users.manager import BaseUserManager
from fastapi_users.router.common import ErrorModel


class OAuth2AuthorizeResponse(BaseModel):
    authorization_url: str


def _authorize_callback(oauth_client):
    """The dependency of httpx-oauth that exchanges the code of the query for a token."""

    async def oauth2_authorize_callback(
        request: Request, code: str = None, code_verifier: str = None, state: str = None, error: str = None
    ):
        return await oauth_client.get_access_token(code), state

    return oauth2_authorize_callback


def get_oauth_router(
    oauth_client,
    backend,
    get_user_manager,
    state_secret,
    redirect_url=None,
    associate_by_email=False,
    is_verified_by_default=False,
    **cookie_options,
):
    router = APIRouter()
    name = "oauth:" + str(oauth_client.name) + "." + str(backend.name)
    callback_dependency = _authorize_callback(oauth_client)

    @router.get("/authorize", name=name + ".authorize", response_model=OAuth2AuthorizeResponse)
    async def authorize(request: Request, response: Response, scopes: List[str] = Query(None)):
        return OAuth2AuthorizeResponse(authorization_url="")

    @router.get(
        "/callback",
        name=name + ".callback",
        description="The response varies based on the authentication backend used.",
        responses={400: {"model": ErrorModel}},
    )
    async def callback(
        request: Request,
        access_token_state: Any = Depends(callback_dependency),
        user_manager: BaseUserManager = Depends(get_user_manager),
        strategy: Strategy = Depends(backend.get_strategy),
    ):
        token, state = access_token_state
        user = await user_manager.oauth_callback(oauth_client.name, token)
        return await backend.login(strategy, user)

    return router


def get_oauth_associate_router(
    oauth_client,
    authenticator,
    get_user_manager,
    user_schema,
    state_secret,
    redirect_url=None,
    requires_verification=False,
    **cookie_options,
):
    router = APIRouter()
    name = "oauth-associate:" + str(oauth_client.name)
    get_current_active_user = authenticator.current_user(active=True, verified=requires_verification)
    callback_dependency = _authorize_callback(oauth_client)

    @router.get("/authorize", name=name + ".authorize", response_model=OAuth2AuthorizeResponse)
    async def authorize(
        request: Request,
        response: Response,
        scopes: List[str] = Query(None),
        user=Depends(get_current_active_user),
    ):
        return OAuth2AuthorizeResponse(authorization_url="")

    @router.get(
        "/callback",
        response_model=user_schema,
        name=name + ".callback",
        description="The response varies based on the authentication backend used.",
        responses={400: {"model": ErrorModel}},
    )
    async def callback(
        request: Request,
        user=Depends(get_current_active_user),
        access_token_state: Any = Depends(callback_dependency),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        token, state = access_token_state
        return await user_manager.oauth_associate_callback(user, oauth_client.name, token)

    return router
