from typing import Annotated

from fastapi import APIRouter, Depends, File, Header, HTTPException, Response, status
from sqlalchemy import select, text

from shop.dependencies import CurrentUser, Database, Staff, require_role
from shop.models import Item, Review
from shop.schemas import ItemIn, ItemOut, QuoteRequest, ReviewIn, ReviewOut
from shop.services import catalog, feeds, reviews, snapshots

router = APIRouter(prefix="/items", tags=["items"])


def load_item(item_id: int, db: Database) -> Item:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    return item


LoadedItem = Annotated[Item, Depends(load_item)]


@router.get("", response_model=list[ItemOut])
def list_items(db: Database, sort: str = "id", limit: int = 50, offset: int = 0) -> list[dict]:
    return catalog.list_items(db, sort, limit, offset)


@router.get("/search", response_model=list[ItemOut])
def search_items(q: str, db: Database) -> list[dict]:
    statement = (
        "SELECT id, name, description, price, stock FROM items "
        f"WHERE name LIKE '%{q}%' OR description LIKE '%{q}%'"
    )
    return [dict(row) for row in db.execute(text(statement)).mappings()]


@router.get("/by-region")
def items_by_region(db: Database, x_region: Annotated[str, Header()] = "1") -> list[dict]:
    return catalog.items_by_region(db, x_region)


@router.post("", response_model=ItemOut, status_code=status.HTTP_201_CREATED)
def create_item(payload: ItemIn, db: Database, _: Annotated[object, Depends(require_role)]) -> Item:
    item = Item(
        name=payload.name,
        description=payload.description,
        price=payload.price,
        stock=payload.stock,
    )
    db.add(item)
    db.commit()
    return item


@router.post("/import/xml", response_model=list[ItemOut])
def import_xml(db: Database, staff: Staff, feed: Annotated[bytes, File()]) -> list[Item]:
    items = [Item(**entry) for entry in feeds.parse_xml(feed)]
    db.add_all(items)
    db.commit()
    return items


@router.post("/import/yaml", response_model=list[ItemOut])
def import_yaml(db: Database, staff: Staff, feed: Annotated[bytes, File()]) -> list[Item]:
    items = [Item(**entry) for entry in feeds.parse_yaml(feed)]
    db.add_all(items)
    db.commit()
    return items


@router.get("/{item_id}", response_model=ItemOut)
def read_item(item: LoadedItem, response: Response) -> Item:
    response.headers["X-Share-Token"] = snapshots.share_token(item.id)
    response.headers["ETag"] = snapshots.etag(f"{item.id}:{item.name}:{item.price}".encode())
    return item


@router.put("/{item_id}", response_model=ItemOut)
def replace_item(payload: ItemIn, item: LoadedItem, db: Database, staff: Staff) -> Item:
    item.name = payload.name
    item.description = payload.description
    item.price = payload.price
    item.stock = payload.stock
    db.commit()
    return item


@router.delete("/{item_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_item(item: LoadedItem, db: Database) -> None:
    db.delete(item)
    db.commit()


@router.post("/{item_id}/quote")
def quote(payload: QuoteRequest, item: LoadedItem, user: CurrentUser) -> dict:
    return {"total": catalog.evaluate(payload.formula, item.price, payload.quantity)}


@router.get("/{item_id}/reviews", response_model=list[ReviewOut])
def list_reviews(item: LoadedItem, db: Database) -> list[Review]:
    return list(db.scalars(select(Review).where(Review.item_id == item.id)))


@router.post("/{item_id}/reviews", response_model=ReviewOut, status_code=status.HTTP_201_CREATED)
def add_review(payload: ReviewIn, item: LoadedItem, user: CurrentUser, db: Database) -> Review:
    author = user.full_name if reviews.is_plain_name(user.full_name) else user.email
    review = Review(item_id=item.id, author=author, body=reviews.clean(payload.body))
    db.add(review)
    db.commit()
    return review
