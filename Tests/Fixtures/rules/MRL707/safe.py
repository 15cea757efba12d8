"""Keys that are long enough, or need no length."""
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.settings import settings


def with_cryptography():
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def least():
    return RSA.generate(2048)


def elliptic():
    # 256 bits are right for a curve.
    return ec.generate_private_key(ec.SECP256R1()), Ed25519PrivateKey.generate()


def by_setting():
    return rsa.generate_private_key(public_exponent=65537, key_size=settings.key_bits)


def generate_private_key(key_size: int) -> str:
    return "k" * key_size


door_key = generate_private_key(key_size=16)
