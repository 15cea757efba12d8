"""Broken ciphers and modes."""
from Crypto.Cipher import AES, ARC4, DES
from Crypto.Cipher import DES3 as TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES as BlockCipher
from cryptography.hazmat.primitives.ciphers.modes import ECB


def with_des(key: bytes, iv: bytes):
    return DES.new(key, DES.MODE_CBC, iv)  # expect: MRL704


def with_three(key: bytes, iv: bytes):
    return TripleDES.new(key, TripleDES.MODE_CBC, iv)  # expect: MRL704


def with_rc4(key: bytes):
    return ARC4.new(key)  # expect: MRL704


def with_pycryptodome(key: bytes):
    return AES.new(key, AES.MODE_ECB)  # expect: MRL704


def with_cryptography(key: bytes):
    return Cipher(algorithms.AES(key), modes.ECB())  # expect: MRL704


def imported(key: bytes):
    return Cipher(BlockCipher(key), ECB())  # expect: MRL704


def stream(key: bytes):
    return Cipher(algorithms.ARC4(key), mode=None)  # expect: MRL704
