from typing import Generic, Optional, TypeVar

from fastapi import Query
from pydantic import BaseModel

from fastapi_pagination.bases import AbstractParams, BasePage

T = TypeVar("T")


class CursorParams(BaseModel, AbstractParams):
    cursor: Optional[str] = Query(None, description="Cursor for the next page")
    size: int = Query(50, ge=0, le=100, description="Page size")


class CursorPage(BasePage[T], Generic[T]):
    current_page: Optional[str] = None
    current_page_backwards: Optional[str] = None
    previous_page: Optional[str] = None
    next_page: Optional[str] = None
