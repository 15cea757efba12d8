import MerlonBase

extension Weakness {
  /// A row of the database is the answer, without a model that says what leaves.
  package static let ormObjectReturned = Weakness(
    id: "MRL410", name: "orm-object-returned", severity: .medium, cwe: [213, 200],
    owasp: [.api2023(3), .web2021(1)], asvs: ["15.3.1"], practices: ["S17"], since: "0.1.0",
    summary: "A row of the database is the answer, without a model that says what leaves",
    why: """
      FastAPI filters an answer by the response model or the return annotation. Without one it sends every attribute \
      of the object: hashes of passwords, internal notes, columns that somebody adds next year.
      """,
    guide: [
      "Name what leaves: `response_model=UserOut`, or `-> UserOut` with `from_attributes=True` in the model.",
      "Test that the answer has exactly the fields of the document.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]
          password_hash: Mapped[str]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      @app.get("/people/{name}")
      def read_person(name: str, db: Database):
          account = db.scalar(select(Account).where(Account.name == name))
          if account is None:
              raise HTTPException(404, "Nobody of that name")
          return account  # expect: MRL410
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException
      from pydantic import BaseModel, ConfigDict
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]
          password_hash: Mapped[str]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class AccountOut(BaseModel):
          model_config = ConfigDict(from_attributes=True)

          id: int
          name: str


      @app.get("/people/{name}", response_model=AccountOut)
      def read_person(name: str, db: Database) -> Account:
          account = db.scalar(select(Account).where(Account.name == name))
          if account is None:
              raise HTTPException(404, "Nobody of that name")
          return account
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/213.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
      "https://fastapi.tiangolo.com/tutorial/response-model/",
    ])
}
