import MerlonBase

extension Weakness {
  /// Passwords or codes can be tried without limit.
  package static let loginWithoutThrottle = Weakness(
    id: "MRL804", name: "login-without-throttle", severity: .medium, cwe: [307, 799],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.3.1"], practices: ["S14"], since: "0.1.0",
    summary: "Passwords or codes can be tried without limit",
    why: """
      Lists of leaked passwords are tried by the million, and a code of six digits is found within minutes, when \
      nothing counts the attempts. That goes for log-in, for the reset of passwords and for codes of a second \
      factor.
      """,
    guide: [
      "Count attempts per account and per address, and answer 429 with growing pauses.",
      "Let codes end after a few minutes and a few attempts.",
      "A limit in the gateway does as well; say so with an ignore comment and its reason.",
    ],
    unsafe: Example(
      """
      import logging
      import secrets
      from typing import Annotated

      import bcrypt
      from fastapi import Depends, FastAPI, HTTPException
      from pydantic import BaseModel
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          name: Mapped[str] = mapped_column(primary_key=True)
          hashed_password: Mapped[bytes]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class Credentials(BaseModel):
          name: str
          password: str


      DUMMY = bcrypt.hashpw(b"nobody", bcrypt.gensalt())
      logger = logging.getLogger(__name__)


      @app.post("/login")  # expect: MRL804
      def login(credentials: Credentials, db: Database) -> dict[str, str]:
          account = db.scalar(select(Account).where(Account.name == credentials.name))
          stored = account.hashed_password if account else DUMMY
          if not bcrypt.checkpw(credentials.password.encode(), stored) or account is None:
              logger.warning("refused log-in of %r", credentials.name)
              raise HTTPException(401, "Wrong name or password")
          return {"token": secrets.token_urlsafe(32)}
      """),
    safe: Example(
      """
      import logging
      import secrets
      import time
      from typing import Annotated

      import bcrypt
      from fastapi import Depends, FastAPI, HTTPException, Request
      from pydantic import BaseModel
      from sqlalchemy import create_engine, select
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          name: Mapped[str] = mapped_column(primary_key=True)
          hashed_password: Mapped[bytes]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      class Credentials(BaseModel):
          name: str
          password: str


      DUMMY = bcrypt.hashpw(b"nobody", bcrypt.gensalt())
      logger = logging.getLogger(__name__)


      attempts: dict[str, list[float]] = {}


      def limit_attempts(request: Request) -> None:
          now = time.monotonic()
          recent = [at for at in attempts.get(request.client.host, []) if now - at < 60]
          attempts[request.client.host] = recent + [now]
          if len(recent) >= 5:
              raise HTTPException(429, "Too many attempts, try again in a minute")


      @app.post("/login", dependencies=[Depends(limit_attempts)])
      def login(credentials: Credentials, db: Database) -> dict[str, str]:
          account = db.scalar(select(Account).where(Account.name == credentials.name))
          stored = account.hashed_password if account else DUMMY
          if not bcrypt.checkpw(credentials.password.encode(), stored) or account is None:
              logger.warning("refused log-in of %r", credentials.name)
              raise HTTPException(401, "Wrong name or password")
          return {"token": secrets.token_urlsafe(32)}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/307.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html",
    ])
}
