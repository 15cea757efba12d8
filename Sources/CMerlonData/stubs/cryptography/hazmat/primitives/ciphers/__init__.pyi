from typing import Any
from cryptography.hazmat.primitives.ciphers import algorithms as algorithms, modes as modes

class Cipher:
    def __init__(self, algorithm: Any, mode: Any, backend: Any = ...): ...
