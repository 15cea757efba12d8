import base64
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shop.config import get_settings


def new_card_code() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def card_digest(code: str) -> str:
    key = get_settings().gift_card_key.get_secret_value().encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def encode_voucher(number: int) -> str:
    key = hashlib.sha256(get_settings().voucher_key.get_secret_value().encode()).digest()
    nonce = secrets.token_bytes(12)
    block = AESGCM(key).encrypt(nonce, f"{number:016d}".encode(), None)
    return base64.urlsafe_b64encode(nonce + block).decode()


def new_terminal_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)
