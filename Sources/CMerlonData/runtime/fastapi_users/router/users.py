from fastapi import APIRouter, Depends, HTTPException, Request, Response

from fastapi_users.manager import BaseUserManager
from fastapi_users.router.common import ErrorModel


def get_users_router(get_user_manager, user_schema, user_update_schema, authenticator, requires_verification=False):
    router = APIRouter()
    get_current_active_user = authenticator.current_user(active=True, verified=requires_verification)
    get_current_superuser = authenticator.current_user(active=True, verified=requires_verification, superuser=True)
    refused = {401: {"description": "Missing token or inactive user."}}
    not_found = {
        **refused,
        403: {"description": "Not a superuser."},
        404: {"description": "The user does not exist."},
    }

    async def get_user_or_404(id: str, user_manager: BaseUserManager = Depends(get_user_manager)):
        user = await user_manager.get(user_manager.parse_id(id))
        if user is None:
            raise HTTPException(status_code=404)
        return user

    @router.get("/me", response_model=user_schema, name="users:current_user", responses=refused)
    async def me(user=Depends(get_current_active_user)):
        return user

    @router.patch(
        "/me",
        response_model=user_schema,
        dependencies=[Depends(get_current_active_user)],
        name="users:patch_current_user",
        responses={**refused, 400: {"model": ErrorModel}},
    )
    async def update_me(
        request: Request,
        user_update: user_update_schema,
        user=Depends(get_current_active_user),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        return await user_manager.update(user_update, user, safe=True, request=request)

    @router.get(
        "/{id}",
        response_model=user_schema,
        dependencies=[Depends(get_current_superuser)],
        name="users:user",
        responses=not_found,
    )
    async def get_user(user=Depends(get_user_or_404)):
        return user

    @router.patch(
        "/{id}",
        response_model=user_schema,
        dependencies=[Depends(get_current_superuser)],
        name="users:patch_user",
        responses={**not_found, 400: {"model": ErrorModel}},
    )
    async def update_user(
        user_update: user_update_schema,
        request: Request,
        user=Depends(get_user_or_404),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        return await user_manager.update(user_update, user, safe=False, request=request)

    @router.delete(
        "/{id}",
        status_code=204,
        response_class=Response,
        dependencies=[Depends(get_current_superuser)],
        name="users:delete_user",
        responses=not_found,
    )
    async def delete_user(
        request: Request,
        user=Depends(get_user_or_404),
        user_manager: BaseUserManager = Depends(get_user_manager),
    ):
        await user_manager.delete(user, request=request)

    return router
