import MerlonBase

extension Weakness {
  /// A list or search shows objects of everyone that the single operation shows to their owner only.
  package static let listWithoutOwnerFilter = Weakness(
    id: "MRL226", name: "list-without-owner-filter", severity: .high, cwe: [862, 639],
    owasp: [.api2023(1), .web2021(1)], asvs: ["8.2.2"], practices: ["S6", "S16"], since: "0.1.0",
    summary: "A list or search shows objects of everyone that the single operation shows to their owner only",
    why: """
      The operation for one object binds it to the caller, the one for many forgot the filter: whoever is logged in \
      lists what belongs to all, without guessing any identifier.
      """,
    guide: [
      "Add the filter that the operation for one object has: `where(Note.owner == user.id)`.",
      "Build both queries from one function that starts with the caller's objects.",
      "Test the list with two accounts.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Settings(BaseSettings):
          jwt_key: str


      class Base(DeclarativeBase):
          pass


      class Note(Base):
          __tablename__ = "notes"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]
          text: Mapped[str]


      settings = Settings()
      engine = create_engine("sqlite://")
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]
      CurrentUser = Annotated[str, Depends(current_user)]


      @app.get("/notes/{note_id}")
      def read_note(note_id: int, user: CurrentUser, db: Database) -> str:
          note = db.scalar(select(Note).where(Note.id == note_id, Note.owner == user))
          if note is None:
              raise HTTPException(404, "No such note")
          return note.text


      @app.get("/notes")
      def search_notes(text: str, user: CurrentUser, db: Database) -> list[str]:
          return list(db.scalars(select(Note.text).where(Note.text.contains(text))))  # expect: MRL226
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Settings(BaseSettings):
          jwt_key: str


      class Base(DeclarativeBase):
          pass


      class Note(Base):
          __tablename__ = "notes"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]
          text: Mapped[str]


      settings = Settings()
      engine = create_engine("sqlite://")
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]
      CurrentUser = Annotated[str, Depends(current_user)]


      @app.get("/notes/{note_id}")
      def read_note(note_id: int, user: CurrentUser, db: Database) -> str:
          note = db.scalar(select(Note).where(Note.id == note_id, Note.owner == user))
          if note is None:
              raise HTTPException(404, "No such note")
          return note.text


      @app.get("/notes")
      def search_notes(text: str, user: CurrentUser, db: Database) -> list[str]:
          return list(db.scalars(select(Note.text).where(Note.owner == user, Note.text.contains(text))))
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
    ])
}
