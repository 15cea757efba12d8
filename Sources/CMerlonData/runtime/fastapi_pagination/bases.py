from typing import Generic, Optional, Sequence, TypeVar

from pydantic import BaseModel

T = TypeVar("T")


class AbstractPage(BaseModel, Generic[T]):
    @classmethod
    def create(cls, items, params, **options):
        return cls()


class BasePage(AbstractPage[T], Generic[T]):
    items: Sequence[T]
    total: Optional[int] = None


class AbstractParams:
    pass
