import base64
import hashlib
import pickle
from typing import Any

_cache: dict[str, Any] = {}


def restore(snapshot: str) -> int:
    _cache.update(pickle.loads(base64.b64decode(snapshot)))
    return len(_cache)


def etag(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()
