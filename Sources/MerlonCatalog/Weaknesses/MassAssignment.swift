import MerlonBase

extension Weakness {
  /// Fields of the caller are written into a stored object without a list of those that may be.
  package static let massAssignment = Weakness(
    id: "MRL324", name: "mass-assignment", severity: .high, cwe: [915],
    owasp: [.api2023(3), .web2021(4)], asvs: ["15.3.3"], practices: ["S18", "S21"], since: "0.1.0",
    summary: "Fields of the caller are written into a stored object without a list of those that may be",
    why: """
      `User(**payload.model_dump())` and loops of `setattr` write whatever the request holds. A model with \
      `extra="allow"`, a dictionary, or one that has `role`, `is_admin`, `owner_id` or `balance` among its fields \
      lets the caller set what was never meant for him. Reported where such fields can be among the input; a closed \
      model of harmless fields is not.
      """,
    guide: [
      "Name the fields: `User(name=payload.name)`, or make a model for the input that has those fields only.",
      "Leave `extra` at its default, or forbid unknown fields with `ConfigDict(extra=\"forbid\")`.",
      "Set role, owner and price from what the server knows.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from pydantic import BaseModel, ConfigDict
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]
          role: Mapped[str] = mapped_column(default="customer")


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class Registration(BaseModel):  # expect: MRL325
          model_config = ConfigDict(extra="allow")

          name: str


      @app.post("/register")
      def register(payload: Registration, db: Database) -> int:
          account = Account(**payload.model_dump())  # expect: MRL324
          db.add(account)
          db.commit()
          return account.id
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI
      from pydantic import BaseModel
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]
          role: Mapped[str] = mapped_column(default="customer")


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class Registration(BaseModel):
          name: str


      @app.post("/register")
      def register(payload: Registration, db: Database) -> int:
          account = Account(name=payload.name)
          db.add(account)
          db.commit()
          return account.id
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/915.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Mass_Assignment_Cheat_Sheet.html",
    ])
}
