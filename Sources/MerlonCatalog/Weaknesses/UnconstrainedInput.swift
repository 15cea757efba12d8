import MerlonBase

extension Weakness {
  /// Input is taken without saying what it may be.
  package static let unconstrainedInput = Weakness(
    id: "MRL325", name: "unconstrained-input", severity: .low, cwe: [20, 1284],
    owasp: [.api2023(4), .web2021(4)], asvs: ["2.2.1", "2.2.2"], practices: ["S18"], since: "0.1.0",
    summary: "Input is taken without saying what it may be",
    why: """
      FastAPI validates what types say. A body that is read by hand, a `dict` or `Any`, and a model that allows \
      unknown fields say nothing. `float` says less than it seems: negative numbers, `NaN` and `Infinity` are \
      floats, and comparisons with `NaN` are all false, so `if price > limit` lets it pass. Reported once an \
      operation or model, where the input is stored, acted on, or money.
      """,
    guide: [
      """
      Describe the input by a model whose fields have types, lengths and ranges: `Field(max_length=200)`, \
      `Field(ge=0)`.
      """,
      "Use `Decimal` or `Annotated[float, Field(ge=0, allow_inf_nan=False)]` for money.",
      "Forbid unknown fields with `ConfigDict(extra=\"forbid\")`.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from pydantic import BaseModel
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          price: Mapped[float]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class ItemIn(BaseModel):
          price: float  # expect: MRL325


      @app.post("/items")
      def create_item(payload: ItemIn, db: Database) -> int:
          item = Item(price=payload.price)
          db.add(item)
          db.commit()
          return item.id
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from pydantic import BaseModel, Field
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          price: Mapped[float]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class ItemIn(BaseModel):
          price: float = Field(ge=0, allow_inf_nan=False)


      @app.post("/items")
      def create_item(payload: ItemIn, db: Database) -> int:
          item = Item(price=payload.price)
          db.add(item)
          db.commit()
          return item.id
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/20.html",
      "https://fastapi.tiangolo.com/tutorial/body-fields/",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
    ])
}
