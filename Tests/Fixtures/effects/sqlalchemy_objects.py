from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel
from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

router = APIRouter()


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    items: Mapped[list["Item"]] = relationship()


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class Line(Base):
    __tablename__ = "lines"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))


class ItemPatch(BaseModel):
    title: str


class MoveForm(BaseModel):
    item_id: int
    line_ids: list[int]


def get_db(): ...


def current_user(token: str):  # principal
    return token


def admin_only(user: User = Depends(current_user)):  # role
    if user.role != "admin":
        raise HTTPException(403)
    return user


def not_found():
    return HTTPException(404)


def load(db: Session, item_id: int):
    item = db.get(Item, item_id)
    if item is None:
        raise not_found()
    return item


def load_own(db: Session, item_id: int, user: User):
    item = load(db, item_id)
    if item.owner_id != user.id:
        raise not_found()
    return item


def check_owner(item: Item, user: User):
    if item.owner_id != user.id:
        raise HTTPException(403)


def may_read(user, item) -> bool:
    if user.role == "admin":
        return True
    return item.owner_id == user.id


@router.get("/items/{item_id}")
def get_none(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none
    # effect: read Item
    return db.get(Item, item_id)


@router.get("/items/{item_id}")
def get_queried(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item queried; response-model; clean
    return db.scalars(select(Item).where(Item.id == item_id, Item.owner_id == user.id)).first()


@router.get("/items/{item_id}")
def get_step_by_step(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item queried
    query = select(Item).where(Item.id == item_id)
    query = query.where(Item.owner_id == user.id)
    return db.execute(query).scalar_one()


@router.get("/items/{item_id}")
def get_compared(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = db.get(Item, item_id)
    if not item or item.owner_id != user.id:
        raise HTTPException(404)
    return item


@router.get("/items/{item_id}")
def get_only_logged(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none
    item = db.get(Item, item_id)
    if item.owner_id != user.id:
        print("someone else's")
    return item


@router.get("/items/{item_id}")
def get_both_exist(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none
    item = db.get(Item, item_id)
    if not item or not user:
        raise HTTPException(404)
    return item


@router.get("/items/{item_id}")
def get_by_helper(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none
    return load(db, item_id)


@router.get("/items/{item_id}")
def get_checked_in_helper(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared; response-model; clean
    return load_own(db, item_id, user)


@router.get("/items/{item_id}")
def get_checked_by_helper(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = load(db, item_id)
    check_owner(item, user)
    return item


@router.get("/items/{item_id}")
def get_checked_by_bool(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = load(db, item_id)
    if not may_read(user, item):
        raise HTTPException(403)
    return item


@router.get("/items/{item_id}")
def get_flag(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = load(db, item_id)
    is_owner = item.owner_id == user.id
    if not is_owner:
        raise HTTPException(403)
    return item


@router.delete("/items/{item_id}")
def delete_none(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint
    # object: item_id Item none; effect: read Item; effect: delete Item
    item = db.get(Item, item_id)
    db.delete(item)
    db.commit()


@router.delete("/items/{item_id}")
def delete_statement(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none; effect: delete Item
    db.execute(delete(Item).where(Item.id == item_id))


@router.delete("/items/{item_id}")
def delete_own(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item queried; clean
    db.execute(delete(Item).where(Item.id == item_id).where(Item.owner_id == user.id))


@router.delete("/items/{item_id}")
def delete_query(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none; effect: delete Item
    db.query(Item).filter(Item.id == item_id).delete()


@router.delete("/items/{item_id}")
def delete_filter_by(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item queried
    db.query(Item).filter_by(id=item_id, owner_id=user.id).delete()


@router.delete("/items/{item_id}")
def delete_if_own(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = db.query(Item).filter(Item.id == item_id).first()
    if item and item.owner_id == user.id:
        db.delete(item)
        db.commit()
    return {"ok": True}


@router.delete("/items/{item_id}")
def delete_as_admin(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item role
    if user.role != "admin":
        raise HTTPException(403)
    db.delete(db.get(Item, item_id))


@router.delete("/items/{item_id}")
def delete_by_admin(item_id: int, db: Session, user: User = Depends(admin_only)):  # endpoint; object: item_id Item role
    db.delete(db.get(Item, item_id))


@router.delete("/items/{item_id}", dependencies=[Depends(admin_only)])
def delete_behind_admin(item_id: int, db: Session):  # endpoint; object: item_id Item role
    db.delete(db.get(Item, item_id))


@router.put("/items/{item_id}")
def update_none(item_id: int, payload: ItemPatch, db: Session, user: User = Depends(current_user)):  # endpoint
    # object: item_id Item none; effect: read Item; effect: update Item
    item = db.get(Item, item_id)
    item.title = payload.title
    db.commit()


@router.put("/items/{item_id}")
def update_statement(item_id: int, payload: ItemPatch, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none; effect: update Item
    db.execute(update(Item).where(Item.id == item_id).values(title=payload.title, updated_by=user.id))


@router.get("/items/{item_id}")
def get_through_relation(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item queried
    return db.scalar(select(Item).join(User).where(User.id == user.id, Item.id == item_id))


def own_item(item_id: int, db: Session, user: User = Depends(current_user)):
    item = db.get(Item, item_id)
    if item is None or item.owner_id != user.id:
        raise HTTPException(404)
    return item


def any_item(item_id: int, db: Session):
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(404)
    return item


def must_own(item_id: int, db: Session, user: User = Depends(current_user)):
    if db.get(Item, item_id).owner_id != user.id:
        raise HTTPException(404)


@router.get("/items/{item_id}")
def get_from_dependency(item: Item = Depends(own_item)):  # endpoint; object: item_id Item checkedByDependency; response-model; clean
    return item


@router.get("/items/{item_id}")
def get_from_open_dependency(item: Item = Depends(any_item), user: User = Depends(current_user)):  # endpoint; object: item_id Item none
    return item


@router.get("/items/{item_id}")
def get_dependency_then_compare(item: Item = Depends(any_item), user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    if item.owner_id != user.id:
        raise HTTPException(404)
    return item


@router.delete("/items/{item_id}", dependencies=[Depends(must_own)])
def delete_after_dependency(item_id: int, db: Session):  # endpoint; object: item_id Item checkedByDependency; clean
    db.execute(delete(Item).where(Item.id == item_id))


@router.post("/items/{item_id}/lines")
def inner_by_own_id(item_id: int, form: MoveForm, db: Session, user: User = Depends(current_user)):  # endpoint
    # object: item_id Item compared; object: form.line_ids Line otherIdentifierChecked
    item = load(db, item_id)
    check_owner(item, user)
    for line_id in form.line_ids:
        line = db.get(Line, line_id)
        db.delete(line)


@router.post("/items/{item_id}/lines")
def inner_checked_too(item_id: int, form: MoveForm, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    item = load(db, item_id)
    check_owner(item, user)
    for line_id in form.line_ids:
        line = db.get(Line, line_id)
        if may_read(user, line):
            db.delete(line)


@router.get("/users/{user_id}")
def own_profile(user_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: user_id User own
    if user_id != user.id:
        raise HTTPException(403)
    return db.get(User, user_id)


@router.get("/me")
def me(db: Session, user: User = Depends(current_user)):  # endpoint; response-model; clean
    return db.get(User, user.id)


@router.get("/items")
def many(ids: list[int], db: Session, user: User = Depends(current_user)):  # endpoint; object: ids Item none
    return db.scalars(select(Item).where(Item.id.in_(ids))).all()


@router.get("/items")
def many_own(ids: list[int], db: Session, user: User = Depends(current_user)):  # endpoint; object: ids Item compared; response-model; clean
    found = db.scalars(select(Item).where(Item.id.in_(ids))).all()
    return [item for item in found if item.owner_id == user.id]


@router.get("/search")
def search(title: str, db: Session, user: User = Depends(current_user)):  # endpoint; response-model; clean
    return db.scalars(select(Item).where(Item.title == title)).all()


@router.delete("/items/{item_id}")
def delete_picked(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item none; effect: read Item; effect: delete Item
    item = db.execute(select(Item).where(Item.id == item_id)).scalars().first()
    db.delete(item)


@router.delete("/items/{item_id}")
def delete_picked_own(item_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; object: item_id Item compared
    item = db.execute(select(Item).where(Item.id == item_id)).scalars().first()
    if item.owner_id != user.id:
        raise HTTPException(404)
    db.delete(item)
