"""Dependencies that give the user of a request: the first backend wins whose token is a user's."""

import inspect

from fastapi import Depends, HTTPException


def _variable(name):
    return name.replace("-", "_").replace(" ", "_").replace(".", "_")


class Authenticator:
    def __init__(self, backends, get_user_manager):
        self.backends = backends
        self.get_user_manager = get_user_manager

    def current_user_token(
        self, optional=False, active=False, verified=False, superuser=False, get_enabled_backends=None
    ):
        async def current_user_token_dependency(*args, **kwargs):
            user, token = await self._authenticate(
                *args, optional=optional, active=active, verified=verified, superuser=superuser, **kwargs
            )
            return user, token

        current_user_token_dependency.__signature__ = self._signature(get_enabled_backends)
        return current_user_token_dependency

    def current_user(self, optional=False, active=False, verified=False, superuser=False, get_enabled_backends=None):
        async def current_user_dependency(*args, **kwargs):
            user, _ = await self._authenticate(
                *args, optional=optional, active=active, verified=verified, superuser=superuser, **kwargs
            )
            return user

        current_user_dependency.__signature__ = self._signature(get_enabled_backends)
        return current_user_dependency

    async def _authenticate(
        self, *args, user_manager, optional=False, active=False, verified=False, superuser=False, **kwargs
    ):
        user = None
        token = None
        for backend in self.backends:
            token = kwargs[_variable(backend.name)]
            strategy = kwargs["strategy_" + _variable(backend.name)]
            if token is not None:
                user = await strategy.read_token(token, user_manager)
                if user:
                    break
        status_code = 401
        if user:
            status_code = 403
            if active and not user.is_active:
                status_code = 401
                user = None
            elif verified and not user.is_verified or superuser and not user.is_superuser:
                user = None
        if not user and not optional:
            raise HTTPException(status_code=status_code)
        return user, token

    def _signature(self, get_enabled_backends):
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [inspect.Parameter("user_manager", kind, default=Depends(self.get_user_manager))]
        for backend in self.backends:
            name = _variable(backend.name)
            parameters.append(inspect.Parameter(name, kind, default=Depends(backend.transport.scheme)))
            parameters.append(inspect.Parameter("strategy_" + name, kind, default=Depends(backend.get_strategy)))
        if get_enabled_backends is not None:
            parameters.append(inspect.Parameter("enabled_backends", kind, default=Depends(get_enabled_backends)))
        return inspect.Signature(parameters)
