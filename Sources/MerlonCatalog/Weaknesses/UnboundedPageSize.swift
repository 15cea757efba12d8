import MerlonBase

extension Weakness {
  /// The caller chooses how many objects are read, without an upper bound.
  package static let unboundedPageSize = Weakness(
    id: "MRL803", name: "unbounded-page-size", severity: .low, cwe: [770, 1284],
    owasp: [.api2023(4), .web2021(4)], asvs: ["2.2.1"], practices: ["S18"], since: "0.1.0",
    summary: "The caller chooses how many objects are read, without an upper bound",
    why: """
      `?limit=100000000` makes the database, the serialization and the network work for one request, and `-1` means \
      all in many databases. A few such requests at once keep the service busy.
      """,
    guide: [
      "Bound the parameter: `limit: Annotated[int, Query(ge=1, le=100)] = 50`."
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]
          text: Mapped[str]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      @app.get("/items")
      def list_items(db: Database, limit: int = 50) -> list[str]:  # expect: MRL803
          return list(db.scalars(select(Item.text).limit(limit)))
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, Query
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]
          text: Mapped[str]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      @app.get("/items")
      def list_items(db: Database, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> list[str]:
          return list(db.scalars(select(Item.text).limit(limit)))
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/770.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
      "https://fastapi.tiangolo.com/tutorial/query-params-str-validations/",
    ])
}
