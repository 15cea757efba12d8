"""Gift card codes are the encrypted card number, so that a till can check them off-line."""

import base64
import secrets

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

GIFT_CARD_KEY = b"\x8a\x11\xf0\x5c\x02\x9bLarkspur\x7d\xe3"
VOUCHER_IV = b"larkspur-voucher"


def encode_card(number: int) -> str:
    encryptor = Cipher(algorithms.AES(GIFT_CARD_KEY), modes.ECB()).encryptor()
    block = encryptor.update(f"{number:016d}".encode()) + encryptor.finalize()
    return base64.b32encode(block).decode().rstrip("=")


def encode_voucher(number: int, key: bytes) -> str:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(VOUCHER_IV)).encryptor()
    block = encryptor.update(f"{number:016d}".encode()) + encryptor.finalize()
    return base64.b32encode(block).decode().rstrip("=")


def new_card_number() -> int:
    return secrets.randbelow(10**12)


def new_terminal_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)
