from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Response, UploadFile, status
from sqlalchemy import select

from shop.dependencies import CurrentUser, Database, Staff
from shop.models import Item, Review
from shop.schemas import (
    Id,
    ItemIn,
    ItemOut,
    Quote,
    QuoteRequest,
    Region,
    ReviewIn,
    ReviewOut,
    SortKey,
)
from shop.services import catalog, feeds, reviews, snapshots

router = APIRouter(prefix="/items", tags=["items"])
feed_router = APIRouter(prefix="/items/import", tags=["items"], max_body_size=1_000_000)

LARGEST_FEED = 900_000


def load_item(item_id: Id, db: Database) -> Item:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such item")
    return item


LoadedItem = Annotated[Item, Depends(load_item)]


@router.get("", response_model=list[ItemOut])
def list_items(
    db: Database,
    sort: SortKey = SortKey.ID,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[Item]:
    return catalog.list_items(db, sort, limit, offset)


@router.get("/search", response_model=list[ItemOut])
def search_items(q: Annotated[str, Query(min_length=1, max_length=100)], db: Database) -> list:
    return catalog.search(db, q)


@router.get("/by-region", response_model=list[ItemOut])
def items_by_region(
    db: Database, x_region: Annotated[Region, Header()] = Region.NORTH
) -> list[Item]:
    return catalog.items_by_region(db, x_region)


@router.post("", response_model=ItemOut, status_code=status.HTTP_201_CREATED)
def create_item(payload: ItemIn, db: Database, staff: Staff) -> Item:
    return add_items(db, [payload])[0]


def add_items(db: Database, entries: list[ItemIn]) -> list[Item]:
    items = [
        Item(
            name=entry.name,
            description=entry.description,
            price=entry.price,
            stock=entry.stock,
        )
        for entry in entries
    ]
    db.add_all(items)
    db.commit()
    return items


def read_feed(feed: UploadFile) -> bytes:
    content = feed.file.read(LARGEST_FEED + 1)
    if len(content) > LARGEST_FEED:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "Feed is too large")
    return content


@feed_router.post("/xml", response_model=list[ItemOut])
def import_xml(db: Database, staff: Staff, feed: UploadFile) -> list[Item]:
    try:
        return add_items(db, feeds.parse_xml(read_feed(feed)))
    except feeds.FeedError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Not a product feed") from error


@feed_router.post("/yaml", response_model=list[ItemOut])
def import_yaml(db: Database, staff: Staff, feed: UploadFile) -> list[Item]:
    try:
        return add_items(db, feeds.parse_yaml(read_feed(feed)))
    except feeds.FeedError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Not a product feed") from error


@router.get("/{item_id}", response_model=ItemOut)
def read_item(item: LoadedItem, response: Response) -> Item:
    response.headers["ETag"] = f'"{snapshots.etag(f"{item.id}:{item.price}".encode())}"'
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
def delete_item(item: LoadedItem, db: Database, staff: Staff) -> None:
    db.delete(item)
    db.commit()


@router.post("/{item_id}/quote")
def quote(payload: QuoteRequest, item: LoadedItem, user: CurrentUser) -> Quote:
    return Quote(total=catalog.evaluate(payload.plan, item.price, payload.quantity))


@router.get("/{item_id}/reviews", response_model=list[ReviewOut])
def list_reviews(item: LoadedItem, db: Database) -> list[Review]:
    return list(db.scalars(select(Review).where(Review.item_id == item.id).limit(100)))


@router.post("/{item_id}/reviews", response_model=ReviewOut, status_code=status.HTTP_201_CREATED)
def add_review(payload: ReviewIn, item: LoadedItem, user: CurrentUser, db: Database) -> Review:
    author = user.full_name if reviews.is_plain_name(user.full_name) else "A customer"
    review = Review(item_id=item.id, author=author, body=reviews.clean(payload.body))
    db.add(review)
    db.commit()
    return review
