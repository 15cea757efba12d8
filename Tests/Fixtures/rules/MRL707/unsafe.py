"""Short keys."""
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

BITS = 1024


def with_cryptography():
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # expect: MRL707


def by_constant():
    return generate_private_key(65537, BITS)  # expect: MRL707


def with_dsa():
    return dsa.generate_private_key(key_size=1024)  # expect: MRL707


def with_pycryptodome():
    return RSA.generate(1536)  # expect: MRL707
