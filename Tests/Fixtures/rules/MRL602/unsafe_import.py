"""passlib, imported as a module."""
import passlib.hash as hashes  # expect: MRL602


def hash_password(password: str) -> str:
    return hashes.bcrypt.using(rounds=13).hash(password)
