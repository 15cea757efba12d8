"""python-jose 3."""
from jose import jws as jws, jwt as jwt
from jose.exceptions import ExpiredSignatureError as ExpiredSignatureError, JWTError as JWTError
