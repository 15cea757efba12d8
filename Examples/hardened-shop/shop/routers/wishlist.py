from fastapi import APIRouter, HTTPException, status
from sqlalchemy import select

from shop.dependencies import CurrentUser, Database
from shop.models import Item, WishlistEntry
from shop.schemas import Id

router = APIRouter(prefix="/wishlist", tags=["wishlist"])


@router.get("")
def read_wishlist(db: Database, user: CurrentUser) -> list[int]:
    own = select(WishlistEntry.item_id).where(WishlistEntry.user_id == user.id)
    return list(db.scalars(own.limit(200)))


@router.put("/{item_id}", status_code=status.HTTP_204_NO_CONTENT)
def add_to_wishlist(item_id: Id, db: Database, user: CurrentUser) -> None:
    if db.get(Item, item_id) is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    db.merge(WishlistEntry(user_id=user.id, item_id=item_id))
    db.commit()
