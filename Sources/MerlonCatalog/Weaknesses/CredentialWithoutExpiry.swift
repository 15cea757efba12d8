import MerlonBase

extension Weakness {
  /// A code or token that is handed out never ends.
  package static let credentialWithoutExpiry = Weakness(
    id: "MRL127", name: "credential-without-expiry", severity: .medium, cwe: [613, 640],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.4.1", "7.3.2"], practices: ["S14"], since: "0.1.0",
    summary: "A code or token that is handed out never ends",
    why: """
      A code to reset a password that stays valid until it is used lies in mailboxes and logs for years; who finds \
      one takes the account over. Keys and invitations that never end cannot be forgotten safely either.
      """,
    guide: [
      "Store with the code until when it holds, minutes for resets, and compare it when the code is shown.",
      "Make a code valid once, and forget the others when the password has changed.",
    ],
    unsafe: Example(
      """
      import secrets
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          mail: Mapped[str] = mapped_column(primary_key=True)
          reset_token: Mapped[str | None]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      @app.post("/password/forgot")  # expect: MRL804
      def forgot_password(mail: str, db: Database) -> None:
          account = db.get(Account, mail)
          if account is not None:
              account.reset_token = secrets.token_urlsafe(32)  # expect: MRL127
              db.commit()
      """),
    safe: Example(
      """
      import secrets
      from datetime import UTC, datetime, timedelta
      from typing import Annotated

      from fastapi import Depends, FastAPI, HTTPException, Request
      from sqlalchemy import create_engine
      from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


      class Base(DeclarativeBase):
          pass


      class Account(Base):
          __tablename__ = "accounts"
          mail: Mapped[str] = mapped_column(primary_key=True)
          reset_token: Mapped[str | None]
          reset_expires_at: Mapped[datetime | None]


      engine = create_engine("sqlite://")
      app = FastAPI()


      def get_db():
          with Session(engine) as db:
              yield db


      Database = Annotated[Session, Depends(get_db)]


      senders: set[str] = set()


      def limit_mails(request: Request) -> None:
          if request.client.host in senders:
              raise HTTPException(429, "A mail is on its way")
          senders.add(request.client.host)


      @app.post("/password/forgot", dependencies=[Depends(limit_mails)])
      def forgot_password(mail: str, db: Database) -> None:
          account = db.get(Account, mail)
          if account is not None:
              account.reset_token = secrets.token_urlsafe(32)
              account.reset_expires_at = datetime.now(UTC) + timedelta(minutes=15)
              db.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/613.html",
      "https://cwe.mitre.org/data/definitions/640.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html",
    ])
}
