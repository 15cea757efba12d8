import MerlonBase

extension Weakness {
  /// An operation that changes or shows something private asks nobody who is calling.
  package static let missingAuthentication = Weakness(
    id: "MRL210", name: "missing-authentication", severity: .high, cwe: [306, 862],
    owasp: [.api2023(2), .api2023(5), .web2021(1)], asvs: ["8.2.1", "8.3.1"], practices: ["S6", "S16"], since: "0.1.0",
    summary: "An operation that changes or shows something private asks nobody who is calling",
    why: """
      FastAPI serves an operation to everyone until a dependency refuses, so one forgotten `Depends` is an open door. \
      Attackers read `/openapi.json`, which lists the operations that name no security scheme, and call them. An \
      operation is reported when it writes, deletes, executes or reads private data while others in the same module or \
      application ask for a login. An application without any authentication is told as one note (MRL520) instead; \
      health checks, log-in and registration, public catalogues and calls that carry a signature are not reported.
      """,
    guide: [
      "Add the guard that the operations beside it have: `dependencies=[Depends(current_user)]`, or the parameter.",
      """
      Better, put it on the router or the application, and keep what is public in a router of its own: \
      `APIRouter(dependencies=[Depends(current_user)])`.
      """,
      """
      If it is public on purpose, say so where it can be reviewed: `public-operations = ["POST /contact"]` in the \
      section `[policy]` of `merlon.toml`.
      """,
      "Add a test that walks all routes and calls each without a credential.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import APIRouter, Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Settings(BaseSettings):
          jwt_key: str


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]


      settings = Settings()
      engine = create_engine("sqlite://")
      router = APIRouter(prefix="/items")


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


      @router.post("")
      def create_item(
          name: str, user: Annotated[str, Depends(current_user)], db: Annotated[Session, Depends(get_db)]
      ) -> int:
          item = Item(name=name)
          db.add(item)
          db.commit()
          return item.id


      @router.delete("/{item_id}")  # expect: MRL210
      def delete_item(item_id: int, db: Annotated[Session, Depends(get_db)]) -> None:
          db.delete(db.get(Item, item_id))
          db.commit()


      app = FastAPI()
      app.include_router(router)
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import APIRouter, Depends, FastAPI, HTTPException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Settings(BaseSettings):
          jwt_key: str


      class Base(DeclarativeBase):
          pass


      class Item(Base):
          __tablename__ = "items"
          id: Mapped[int] = mapped_column(primary_key=True)
          name: Mapped[str]


      settings = Settings()
      engine = create_engine("sqlite://")


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


      router = APIRouter(prefix="/items", dependencies=[Depends(current_user)])


      @router.post("")
      def create_item(name: str, db: Annotated[Session, Depends(get_db)]) -> int:
          item = Item(name=name)
          db.add(item)
          db.commit()
          return item.id


      @router.delete("/{item_id}")
      def delete_item(item_id: int, db: Annotated[Session, Depends(get_db)]) -> None:
          db.delete(db.get(Item, item_id))
          db.commit()


      app = FastAPI()
      app.include_router(router)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
      "https://fastapi.tiangolo.com/tutorial/bigger-applications/",
    ])
}
