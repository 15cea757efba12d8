import typing

from fastapi_users import models
from fastapi_users.authentication.authenticator import Authenticator
from fastapi_users.router import (
    get_auth_router,
    get_oauth_associate_router,
    get_oauth_router,
    get_register_router,
    get_reset_password_router,
    get_users_router,
    get_verify_router,
)


class FastAPIUsers(typing.Generic[models.UP, models.ID]):
    def __init__(self, get_user_manager, auth_backends):
        self.authenticator = Authenticator(auth_backends, get_user_manager)
        self.get_user_manager = get_user_manager
        self.current_user = self.authenticator.current_user

    def get_register_router(self, user_schema, user_create_schema):
        return get_register_router(self.get_user_manager, user_schema, user_create_schema)

    def get_verify_router(self, user_schema):
        return get_verify_router(self.get_user_manager, user_schema)

    def get_reset_password_router(self):
        return get_reset_password_router(self.get_user_manager)

    def get_auth_router(self, backend, requires_verification=False):
        return get_auth_router(backend, self.get_user_manager, self.authenticator, requires_verification)

    def get_oauth_router(self, oauth_client, backend, state_secret, redirect_url=None, **options):
        return get_oauth_router(
            oauth_client, backend, self.get_user_manager, state_secret, redirect_url, **options
        )

    def get_oauth_associate_router(
        self, oauth_client, user_schema, state_secret, redirect_url=None, requires_verification=False, **options
    ):
        return get_oauth_associate_router(
            oauth_client,
            self.authenticator,
            self.get_user_manager,
            user_schema,
            state_secret,
            redirect_url,
            requires_verification,
            **options,
        )

    def get_users_router(self, user_schema, user_update_schema, requires_verification=False):
        return get_users_router(
            self.get_user_manager, user_schema, user_update_schema, self.authenticator, requires_verification
        )
