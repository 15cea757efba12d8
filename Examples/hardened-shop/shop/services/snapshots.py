import hashlib

_cache: dict[str, float] = {}


def restore(entries: dict[str, float]) -> int:
    _cache.clear()
    _cache.update(entries)
    return len(_cache)


def etag(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
