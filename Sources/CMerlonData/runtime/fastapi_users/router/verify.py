from fastapi import APIRouter, Body, Depends, Request
from pydantic import EmailStr

from fastapi_users.manager import BaseUserManager
from fastapi_users.router.common import ErrorModel


def get_verify_router(get_user_manager, user_schema):
    router = APIRouter()

    @router.post("/request-verify-token", status_code=202, name="verify:request-token")
    async def request_verify_token(
        request: Request,
        email: EmailStr = Body(..., embed=True),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        user = await user_manager.get_by_email(email)
        await user_manager.request_verify(user, request)

    @router.post("/verify", response_model=user_schema, name="verify:verify", responses={400: {"model": ErrorModel}})
    async def verify(
        request: Request,
        token: str = Body(..., embed=True),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        return await user_manager.verify(token, request)

    return router
