class Strategy:
    pass


class JWTStrategy(Strategy):
    def __init__(
        self,
        secret,
        lifetime_seconds,
        token_audience=("fastapi-users:auth",),
        algorithm="HS256",
        public_key=None,
    ):
        self.secret = secret
        self.lifetime_seconds = lifetime_seconds
        self.algorithm = algorithm


class RedisStrategy(Strategy):
    def __init__(self, redis, lifetime_seconds=None, *, key_prefix="fastapi_users_token:"):
        self.lifetime_seconds = lifetime_seconds


class DatabaseStrategy(Strategy):
    def __init__(self, database, lifetime_seconds=None):
        self.lifetime_seconds = lifetime_seconds
