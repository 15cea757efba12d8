from starlette.exceptions import HTTPException


class RateLimitExceeded(HTTPException):
    def __init__(self, limit):
        super().__init__(status_code=429)
