from sqlalchemy import text
from sqlalchemy.orm import Session

COLUMNS = "id, name, description, price, stock"


def list_items(db: Session, sort: str, limit: int, offset: int) -> list[dict]:
    query = f"SELECT {COLUMNS} FROM items ORDER BY {sort} LIMIT {limit} OFFSET {offset}"
    return rows(db, query)


def rows(db: Session, query: str) -> list[dict]:
    return [dict(row) for row in db.execute(text(query)).mappings()]


def items_by_region(db: Session, region: str) -> list[dict]:
    region = region.replace("'", "")
    return rows(db, f"SELECT {COLUMNS}, {region} AS region FROM items")


def evaluate(formula: str, price: float, quantity: int) -> float:
    """Price lists of the sales team, e.g. `price * quantity * 0.9`."""
    return eval(formula, {"price": price, "quantity": quantity})
