"""python-jose, imported whole and only where it is needed."""


def read(token: str, key: str) -> dict:
    import jose.jwt  # expect: MRL601

    return jose.jwt.decode(token, key, algorithms=["HS256"])
