import MerlonBase

extension Weakness {
  /// A guard lets callers without a credential through, and nothing looks whether there was one.
  package static let optionalAuthenticationUnhandled = Weakness(
    id: "MRL215", name: "optional-authentication-unhandled", severity: .high, cwe: [306, 287],
    owasp: [.api2023(2), .web2021(7)], asvs: ["8.3.1"], practices: ["S7", "S16"], since: "0.1.0",
    summary: "A guard lets callers without a credential through, and nothing looks whether there was one",
    why: """
      `auto_error=False` makes FastAPI's security classes answer `None` instead of 401 when no credential is sent, \
      and an `Optional` user does the same. That is meant for pages that only look different after a log-in. Where \
      the operation does not ask whether it got a user, whoever sends nothing at all is served like everyone else. \
      It is reported where the operation changes or shows something private that others ask a log-in for.
      """,
    guide: [
      "Depend on the guard that refuses, or raise 401 where the value is `None` before anything is read or written.",
      "Keep the optional guard for operations that serve strangers on purpose, and give it a name that says so.",
      "Test each operation without a credential, and expect 401.",
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


      optional_bearer = HTTPBearer(auto_error=False)


      def optional_token(
          credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(optional_bearer)],
      ) -> str | None:
          return credentials.credentials if credentials else None


      @app.get("/notes")
      def list_notes(user: CurrentUser, db: Database) -> list[str]:
          return list(db.scalars(select(Note.text).where(Note.owner == user)))


      @app.delete("/notes/{owner}")  # expect: MRL215
      def delete_notes(owner: str, db: Database, token: Annotated[str | None, Depends(optional_token)]) -> None:
          for note in db.scalars(select(Note).where(Note.owner == owner)):
              db.delete(note)
          db.commit()
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


      @app.delete("/notes")
      def delete_notes(user: CurrentUser, db: Database) -> None:
          for note in db.scalars(select(Note).where(Note.owner == user)):
              db.delete(note)
          db.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://fastapi.tiangolo.com/reference/security/",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    ])
}
