from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from shop.models import Item, OrderLine
from shop.schemas import PricePlan, QueryName, Region, SortKey

SORT_COLUMNS = {SortKey.ID: Item.id, SortKey.NAME: Item.name, SortKey.PRICE: Item.price}
DISCOUNT = {PricePlan.LIST: 1.0, PricePlan.TRADE: 0.9}

COLUMNS = "id, name, description, price, stock"
SEARCH = text(
    f"SELECT {COLUMNS} FROM items "
    "WHERE name LIKE :pattern ESCAPE '!' OR description LIKE :pattern ESCAPE '!' LIMIT 50"
)


def list_items(db: Session, sort: SortKey, limit: int, offset: int) -> list[Item]:
    query = select(Item).order_by(SORT_COLUMNS[sort]).limit(limit).offset(offset)
    return list(db.scalars(query))


def search(db: Session, words: str) -> list[dict]:
    escaped = words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = db.execute(SEARCH, {"pattern": f"%{escaped}%"}).mappings()
    return [dict(row) for row in rows]


def items_by_region(db: Session, region: Region) -> list[Item]:
    return list(db.scalars(select(Item).where(Item.region == region).limit(200)))


def evaluate(plan: PricePlan, price: float, quantity: int) -> float:
    return round(price * quantity * DISCOUNT[plan], 2)


QUERIES: dict[QueryName, Select] = {
    QueryName.STOCK_VALUE: select(
        Item.name.label("label"), (Item.price * Item.stock).label("value")
    ).order_by(Item.name),
    QueryName.BEST_SELLERS: select(
        Item.name.label("label"), func.sum(OrderLine.quantity).label("value")
    )
    .join(OrderLine, OrderLine.item_id == Item.id)
    .group_by(Item.id),
}


def run_query(db: Session, name: QueryName) -> list[dict]:
    return [dict(row) for row in db.execute(QUERIES[name].limit(500)).mappings()]
