"""TLS of the past."""
import ssl
from ssl import PROTOCOL_TLSv1_1, SSLContext, TLSVersion

OLDEST = ssl.TLSVersion.TLSv1  # expect: MRL513


def lowered() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1  # expect: MRL513
    return context


def by_name() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = TLSVersion.TLSv1_1  # expect: MRL513
    return context


def fixed() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # expect: MRL513


def imported() -> SSLContext:
    return SSLContext(protocol=PROTOCOL_TLSv1_1)  # expect: MRL513
