from fastapi_jwt_auth import AuthJWT as AuthJWT
