from fastapi_users.authentication.strategy import DatabaseStrategy as DatabaseStrategy


class AccessTokenDatabase:
    pass


class AccessTokenProtocol:
    pass
