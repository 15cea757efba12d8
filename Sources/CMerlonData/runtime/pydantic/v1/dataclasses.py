from pydantic.dataclasses import (
    dataclass as dataclass,
    is_pydantic_dataclass as is_pydantic_dataclass,
    rebuild_dataclass as rebuild_dataclass,
)
