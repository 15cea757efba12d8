import MerlonBase

extension Weakness {
  /// The answer tells strangers whether an account exists.
  package static let accountEnumeration = Weakness(
    id: "MRL126", name: "account-enumeration", severity: .low, cwe: [204, 203],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.3.8"], practices: ["S14"], since: "0.1.0",
    summary: "The answer tells strangers whether an account exists",
    why: """
      "No account with this address" and "Wrong password" are two answers to one question. Attackers use them to \
      find out which addresses have an account, for lists of leaked passwords and for letters that look real.
      """,
    guide: [
      "Give the same status and text for an unknown account and a wrong password.",
      "Verify against a dummy hash when there is no account, so that the time is the same.",
      "Answer a forgotten password with \"if there is an account, a mail is on its way\".",
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


      logger = logging.getLogger(__name__)


      @app.post("/login")  # expect: MRL804
      def login(credentials: Credentials, db: Database) -> dict[str, str]:
          account = db.scalar(select(Account).where(Account.name == credentials.name))
          if account is None:  # expect: MRL126
              logger.warning("log-in of unknown %r", credentials.name)
              raise HTTPException(404, "No such account")
          if not bcrypt.checkpw(credentials.password.encode(), account.hashed_password):
              logger.warning("refused log-in of %r", credentials.name)
              raise HTTPException(401, "Wrong password")
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
      "https://cwe.mitre.org/data/definitions/204.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html",
    ])
}
