"""Vectors and nonces that are fresh, or come with the message."""
import os
import secrets

from Crypto.Cipher import AES
from Crypto.Random import get_random_bytes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def fresh(key: bytes):
    return Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))


def with_gcm(key: bytes, data: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, data, b"shop-v1")


def with_pycryptodome(key: bytes):
    return AES.new(key, AES.MODE_CBC, iv=get_random_bytes(16))


def decrypt(key: bytes, message: bytes) -> bytes:
    iv, text = message[:16], message[16:]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(text) + decryptor.finalize()


def by_itself(key: bytes):
    # Makes a nonce of its own.
    return AES.new(key, AES.MODE_GCM)
