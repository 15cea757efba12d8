import MerlonBase

extension Weakness {
  /// An object is chosen by the caller's identifier, and nothing ties it to the caller.
  package static let objectLevelAuthorization = Weakness(
    id: "MRL211", name: "object-level-authorization", severity: .high, cwe: [639, 862],
    owasp: [.api2023(1), .web2021(1)], asvs: ["8.2.2"], practices: ["S6", "S16"], since: "0.1.0",
    summary: "An object is chosen by the caller's identifier, and nothing ties it to the caller",
    why: """
      The operation asks who is calling and then loads, changes or deletes whatever object the request names. \
      Callers count identifiers up, or take them from links and lists, and read or change what belongs to others \
      (BOLA, the first of OWASP's API risks). Identifiers that are hard to guess slow this down; they are no check. \
      Reported where the kind of object belongs to someone: other operations bind it to the caller, or its name says \
      so.
      """,
    guide: [
      "Let the query choose among the caller's objects: `where(Note.id == note_id, Note.owner == user.id)`.",
      """
      Or compare the owner of the loaded object with the caller before it is used, and answer 404 when it is \
      another's.
      """,
      "Do it in one function that every operation on that kind of object calls.",
      "Test each operation with two accounts: what one creates, the other must not reach.",
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


      @app.get("/notes")
      def list_notes(user: CurrentUser, db: Database) -> list[str]:
          return list(db.scalars(select(Note.text).where(Note.owner == user)))


      @app.get("/notes/{note_id}")
      def read_note(note_id: int, user: CurrentUser, db: Database) -> str:
          note = db.get(Note, note_id)  # expect: MRL211
          if note is None:
              raise HTTPException(404, "No such note")
          return note.text
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


      @app.get("/notes")
      def list_notes(user: CurrentUser, db: Database) -> list[str]:
          return list(db.scalars(select(Note.text).where(Note.owner == user)))


      @app.get("/notes/{note_id}")
      def read_note(note_id: int, user: CurrentUser, db: Database) -> str:
          note = db.scalar(select(Note).where(Note.id == note_id, Note.owner == user))
          if note is None:
              raise HTTPException(404, "No such note")
          return note.text
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/639.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Authorization_Cheat_Sheet.html",
    ])
}
