import MerlonBase

extension Weakness {
  /// A credential is refused, and nobody logs it.
  package static let securityEventsNotLogged = Weakness(
    id: "MRL420", name: "security-events-not-logged", severity: .low, cwe: [778],
    owasp: [.web2021(9)], asvs: ["16.3.1", "16.3.2"], practices: ["S44"], since: "0.1.0",
    summary: "A credential is refused, and nobody logs it",
    why: """
      Attacks on accounts show in refused log-ins. Where they are not logged, nobody sees them while they go on, and \
      nobody can tell afterwards which accounts were hit.
      """,
    guide: [
      "Log each refusal with the name that was tried, the address and the reason, never with the password or token.",
      "Log granted log-ins, changed passwords and changed roles as well, and raise an alarm when refusals grow.",
    ],
    unsafe: Example(
      """
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


      @app.post("/login")  # expect: MRL804
      def login(credentials: Credentials, db: Database) -> dict[str, str]:
          account = db.scalar(select(Account).where(Account.name == credentials.name))
          stored = account.hashed_password if account else DUMMY
          if not bcrypt.checkpw(credentials.password.encode(), stored) or account is None:  # expect: MRL420
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
      "https://cwe.mitre.org/data/definitions/778.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
    ])
}
