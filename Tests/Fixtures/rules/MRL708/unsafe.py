"""Vectors and nonces that never change."""
from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.modes import CTR

IV = b"0123456789abcdef"
NONCE = bytes(12)


def literal(key: bytes):
    return Cipher(algorithms.AES(key), modes.CBC(b"\x00" * 16))  # expect: MRL708


def constant(key: bytes):
    return Cipher(algorithms.AES(key), modes.CBC(IV))  # expect: MRL708


def counter(key: bytes):
    return Cipher(algorithms.AES(key), CTR(nonce=IV))  # expect: MRL708


def with_pycryptodome(key: bytes):
    return AES.new(key, AES.MODE_CBC, IV)  # expect: MRL708


def by_keyword(key: bytes):
    return AES.new(key, AES.MODE_CBC, iv=b"fedcba9876543210")  # expect: MRL708


def with_gcm(key: bytes, data: bytes) -> bytes:
    return AESGCM(key).encrypt(b"000000000000", data, None)  # expect: MRL708


def zeros(key: bytes, data: bytes) -> bytes:
    return AESGCM(key).encrypt(NONCE, data, None)  # expect: MRL708
