"""Sound ciphers, and names that only look like broken ones."""
import os

from Crypto.Cipher import AES
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305


def with_gcm(key: bytes, data: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def with_chacha(key: bytes, data: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, data, None)


def with_fernet(key: bytes, data: bytes) -> bytes:
    return Fernet(key).encrypt(data)


def with_cbc(key: bytes):
    return Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))


def with_pycryptodome(key: bytes):
    return AES.new(key, AES.MODE_GCM)


class DES:
    """A country's code."""

    @staticmethod
    def new(name: str) -> str:
        return name


country = DES.new("Deseret")
