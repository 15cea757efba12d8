from fastapi import APIRouter, Body, Depends, Request
from pydantic import EmailStr

from fastapi_users.manager import BaseUserManager
from fastapi_users.router.common import ErrorModel


def get_reset_password_router(get_user_manager):
    router = APIRouter()

    @router.post("/forgot-password", status_code=202, name="reset:forgot_password")
    async def forgot_password(
        request: Request,
        email: EmailStr = Body(..., embed=True),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        user = await user_manager.get_by_email(email)
        await user_manager.forgot_password(user, request)

    @router.post("/reset-password", name="reset:reset_password", responses={400: {"model": ErrorModel}})
    async def reset_password(
        request: Request,
        token: str = Body(...),
        password: str = Body(...),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        await user_manager.reset_password(token, password, request)

    return router
