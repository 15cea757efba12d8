"""python-jose 3."""
from typing import Annotated
from merlon import Concept
from jose import jws as jws, jwt as jwt
from jose.exceptions import ExpiredSignatureError as ExpiredSignatureError, JWTError as JWTError

__library__: Annotated[str, Concept("unmaintainedJose")]
