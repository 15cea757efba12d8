from typing import Annotated

from fastapi import APIRouter, Depends, status
from sqlalchemy import select

from shop.dependencies import Database, visitor_id
from shop.models import WishlistEntry

router = APIRouter(prefix="/wishlist", tags=["wishlist"])

Visitor = Annotated[int, Depends(visitor_id)]


@router.get("")
def read_wishlist(db: Database, visitor: Visitor) -> list[int]:
    return list(db.scalars(select(WishlistEntry.item_id).where(WishlistEntry.user_id == visitor)))


@router.put("/{item_id}", status_code=status.HTTP_204_NO_CONTENT)
def add_to_wishlist(item_id: int, db: Database, visitor: Visitor) -> None:
    db.add(WishlistEntry(user_id=visitor, item_id=item_id))
    db.commit()
