import os

ROOT = "/srv/data"


def unsafe(path):
    full = os.path.realpath(os.path.join(ROOT, path))
    if os.path.commonprefix([full, ROOT]) != ROOT:  # expect: MRL304
        raise ValueError(path)
    return full


def safe(path):
    full = os.path.realpath(os.path.join(ROOT, path))
    if os.path.commonpath([full, ROOT]) != ROOT:
        raise ValueError(path)
    return full


def other_use(names):
    return os.path.commonprefix(names)
