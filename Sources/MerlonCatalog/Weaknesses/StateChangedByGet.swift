import MerlonBase

extension Weakness {
  /// A GET operation changes or deletes something.
  package static let stateChangedByGet = Weakness(
    id: "MRL227", name: "state-changed-by-get", severity: .medium, cwe: [650, 352],
    owasp: [.api2023(2), .web2021(1)], asvs: ["3.5.1"], practices: ["S16"], since: "0.1.0",
    summary: "A GET operation changes or deletes something",
    why: """
      Browsers, crawlers, previews of messages and caches call addresses with GET because the standard says that it \
      changes nothing (RFC 9110, 9.2.1). A link or an image on another page then deletes in the name of its visitor: \
      `SameSite=lax` cookies go along with links.
      """,
    guide: [
      "Use DELETE, POST, PUT or PATCH for what changes something.",
      "Where a link in a mail has to do it, show a page with a button that sends a form.",
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


      @app.get("/notes/delete")  # expect: MRL227
      def delete_notes(user: CurrentUser, db: Database) -> None:
          for note in db.scalars(select(Note).where(Note.owner == user)):
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


      @app.delete("/notes")
      def delete_notes(user: CurrentUser, db: Database) -> None:
          for note in db.scalars(select(Note).where(Note.owner == user)):
              db.delete(note)
          db.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/650.html",
      "https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1",
    ])
}
