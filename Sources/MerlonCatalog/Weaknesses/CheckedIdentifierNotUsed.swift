import MerlonBase

extension Weakness {
  /// One identifier of the request is checked, and the object is chosen by another.
  package static let checkedIdentifierNotUsed = Weakness(
    id: "MRL220", name: "checked-identifier-not-used", severity: .high, cwe: [639, 863],
    owasp: [.api2023(1), .web2021(1)], asvs: ["8.2.2"], practices: ["S6", "S16"], since: "0.1.0",
    summary: "One identifier of the request is checked, and the object is chosen by another",
    why: """
      The operation makes sure that the container is the caller's and then loads the inner object by its own \
      identifier only, or it checks the identifier in the path and uses the one in the body. The caller shows a \
      container of his own and names an inner object of somebody else.
      """,
    guide: [
      "Choose the inner object together with its container: `where(Note.id == note_id, Note.folder_id == folder.id)`.",
      "Refuse a body whose identifier differs from the path, or do without it.",
      "Test with two accounts: the container of one, the inner object of the other.",
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


      class Folder(Base):
          __tablename__ = "folders"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]


      class Note(Base):
          __tablename__ = "notes"
          id: Mapped[int] = mapped_column(primary_key=True)
          folder_id: Mapped[int]
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


      @app.delete("/folders/{folder_id}/notes/{note_id}")
      def delete_note(folder_id: int, note_id: int, user: CurrentUser, db: Database) -> None:
          folder = db.scalar(select(Folder).where(Folder.id == folder_id, Folder.owner == user))
          if folder is None:
              raise HTTPException(404, "No such folder")
          note = db.get(Note, note_id)  # expect: MRL220
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


      class Folder(Base):
          __tablename__ = "folders"
          id: Mapped[int] = mapped_column(primary_key=True)
          owner: Mapped[str]


      class Note(Base):
          __tablename__ = "notes"
          id: Mapped[int] = mapped_column(primary_key=True)
          folder_id: Mapped[int]
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


      @app.delete("/folders/{folder_id}/notes/{note_id}")
      def delete_note(folder_id: int, note_id: int, user: CurrentUser, db: Database) -> None:
          folder = db.scalar(select(Folder).where(Folder.id == folder_id, Folder.owner == user))
          if folder is None:
              raise HTTPException(404, "No such folder")
          note = db.scalar(select(Note).where(Note.id == note_id, Note.folder_id == folder.id))
          if note is None:
              raise HTTPException(404, "No such note")
          db.delete(note)
          db.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/639.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/",
    ])
}
