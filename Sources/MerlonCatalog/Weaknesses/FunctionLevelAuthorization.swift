import MerlonBase

extension Weakness {
  /// An operation for administrators asks for a log-in only.
  package static let functionLevelAuthorization = Weakness(
    id: "MRL212", name: "function-level-authorization", severity: .high, cwe: [862, 285],
    owasp: [.api2023(5), .web2021(1)], asvs: ["8.2.1", "8.3.1"], practices: ["S13", "S16"], since: "0.1.0",
    summary: "An operation for administrators asks for a log-in only",
    why: """
      Knowing who is calling is not yet knowing that he may. Where the operations beside it ask for a role and this \
      one only for a log-in, every customer does what was meant for few: deletes accounts, hands out roles, reads \
      the audit. Attackers change the method or the last part of a path that they are allowed to use.
      """,
    guide: [
      "Add the guard that the operations beside it have, on the router best of all.",
      "Deny by default: a router for administrators has its role in `APIRouter(dependencies=…)`.",
      "Test each operation with an account of the lowest role, and expect 403.",
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


      class Account(Base):
          __tablename__ = "accounts"
          name: Mapped[str] = mapped_column(primary_key=True)
          role: Mapped[str]


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


      def current_account(user: CurrentUser, db: Database) -> Account:
          account = db.get(Account, user)
          if account is None:
              raise HTTPException(401, "Unknown account")
          return account


      def require_admin(account: Annotated[Account, Depends(current_account)]) -> Account:
          if account.role != "admin":
              raise HTTPException(403, "Not allowed")
          return account


      @app.get("/admin/accounts")
      def list_accounts(admin: Annotated[Account, Depends(require_admin)], db: Database) -> list[str]:
          return list(db.scalars(select(Account.name)))


      @app.post("/admin/accounts")
      def create_account(name: str, admin: Annotated[Account, Depends(require_admin)], db: Database) -> str:
          db.add(Account(name=name, role="customer"))
          db.commit()
          return name


      @app.delete("/admin/accounts/{name}")  # expect: MRL212
      def delete_account(name: str, account: Annotated[Account, Depends(current_account)], db: Database) -> None:
          db.delete(db.get(Account, name))
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


      class Account(Base):
          __tablename__ = "accounts"
          name: Mapped[str] = mapped_column(primary_key=True)
          role: Mapped[str]


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


      def current_account(user: CurrentUser, db: Database) -> Account:
          account = db.get(Account, user)
          if account is None:
              raise HTTPException(401, "Unknown account")
          return account


      def require_admin(account: Annotated[Account, Depends(current_account)]) -> Account:
          if account.role != "admin":
              raise HTTPException(403, "Not allowed")
          return account


      @app.get("/admin/accounts")
      def list_accounts(admin: Annotated[Account, Depends(require_admin)], db: Database) -> list[str]:
          return list(db.scalars(select(Account.name)))


      @app.post("/admin/accounts")
      def create_account(name: str, admin: Annotated[Account, Depends(require_admin)], db: Database) -> str:
          db.add(Account(name=name, role="customer"))
          db.commit()
          return name


      @app.delete("/admin/accounts/{name}")
      def delete_account(name: str, admin: Annotated[Account, Depends(require_admin)], db: Database) -> None:
          db.delete(db.get(Account, name))
          db.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/862.html",
      "https://cwe.mitre.org/data/definitions/285.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/",
    ])
}
