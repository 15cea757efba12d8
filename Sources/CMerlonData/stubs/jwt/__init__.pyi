"""PyJWT 2."""
from jwt.api_jwt import PyJWT as PyJWT, decode as decode, decode_complete as decode_complete, encode as encode
from jwt.api_jws import get_unverified_header as get_unverified_header
