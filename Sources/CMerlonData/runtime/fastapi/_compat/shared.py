from fastapi._compat import PYDANTIC_VERSION_MINOR_TUPLE as PYDANTIC_VERSION_MINOR_TUPLE
from fastapi._compat import lenient_issubclass as lenient_issubclass


def is_bytes_sequence_annotation(annotation):
    return False
