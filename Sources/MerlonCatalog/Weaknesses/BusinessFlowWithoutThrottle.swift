import MerlonBase

extension Weakness {
  /// A flow that costs money can be run by machines without limit.
  package static let businessFlowWithoutThrottle = Weakness(
    id: "MRL805", name: "business-flow-without-throttle", severity: .low, cwe: [799, 840],
    owasp: [.api2023(6), .web2021(4)], asvs: ["2.4.1"], practices: ["S1"], since: "0.1.0",
    summary: "A flow that costs money can be run by machines without limit",
    why: """
      Codes of vouchers are guessed, stolen cards are tried out, tickets are bought up: each request is valid by \
      itself, and the number is the attack. Reported where money moves or codes are redeemed and nothing limits the \
      rate.
      """,
    guide: [
      "Limit such operations per account and address, tighter than the rest.",
      "Make codes long and random, and lock an account after a few wrong ones.",
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


      class Voucher(Base):
          __tablename__ = "vouchers"
          code: Mapped[str] = mapped_column(primary_key=True)
          owner: Mapped[str | None]


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


      @app.post("/vouchers/redeem")  # expect: MRL805
      def redeem_voucher(code: str, user: CurrentUser, db: Database) -> str:
          voucher = db.scalar(select(Voucher).where(Voucher.code == code, Voucher.owner.is_(None)))
          if voucher is None:
              raise HTTPException(404, "No such voucher")
          voucher.owner = user
          db.commit()
          return voucher.code
      """),
    safe: Example(
      """
      import time
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, Request
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Settings(BaseSettings):
          jwt_key: str


      class Base(DeclarativeBase):
          pass


      class Voucher(Base):
          __tablename__ = "vouchers"
          code: Mapped[str] = mapped_column(primary_key=True)
          owner: Mapped[str | None]


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


      attempts: dict[str, list[float]] = {}


      def limit_attempts(request: Request) -> None:
          now = time.monotonic()
          recent = [at for at in attempts.get(request.client.host, []) if now - at < 60]
          attempts[request.client.host] = recent + [now]
          if len(recent) >= 5:
              raise HTTPException(429, "Too many attempts, try again in a minute")


      @app.post("/vouchers/redeem", dependencies=[Depends(limit_attempts)])
      def redeem_voucher(code: str, user: CurrentUser, db: Database) -> str:
          voucher = db.scalar(select(Voucher).where(Voucher.code == code, Voucher.owner.is_(None)))
          if voucher is None:
              raise HTTPException(404, "No such voucher")
          voucher.owner = user
          db.commit()
          return voucher.code
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/799.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa6-unrestricted-access-to-sensitive-business-flows/",
    ])
}
