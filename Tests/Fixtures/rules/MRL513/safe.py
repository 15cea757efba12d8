"""TLS of today, and old versions that are forbidden."""
import ssl


def default() -> ssl.SSLContext:
    return ssl.create_default_context()


def modern() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def forbidden() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    return context


def is_old(version: ssl.TLSVersion) -> bool:
    return version == ssl.TLSVersion.TLSv1 or version < ssl.TLSVersion.TLSv1_2


def highest() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_3
    return context
