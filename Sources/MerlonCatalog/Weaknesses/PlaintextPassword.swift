import MerlonBase

extension Weakness {
  /// Passwords are stored as they were typed.
  package static let plaintextPassword = Weakness(
    id: "MRL119", name: "plaintext-password", severity: .high, cwe: [256, 312],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.4.2"], practices: ["S15"], since: "0.1.0",
    summary: "Passwords are stored as they were typed",
    why: """
      Databases leak: through an injection, a backup, a replica, a log of queries, a curious colleague. When the \
      column holds the passwords themselves, the leak opens every account here at once, and the same people's \
      accounts elsewhere, because passwords are used again. A comparison of the typed password with the stored one \
      shows that it is so. Nobody, the operator included, should be able to read a password.
      """,
    guide: [
      """
      Store `hasher.hash(password)` and check with `hasher.verify(password, user.password_hash)`, where `hasher = \
      PasswordHash.recommended()` of `pwdlib` (Argon2).
      """,
      "Replace the column: hash every stored password in a migration, drop the old column, and destroy old backups.",
      "Keep the hash out of response models and logs.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, HTTPException
      from sqlmodel import Field, Session, SQLModel, select

      app = FastAPI()


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          email: str
          password: str


      def log_in(session: Session, email: str, password: str) -> User:
          user = session.exec(select(User).where(User.email == email)).first()
          if user is None or user.password != password:  # expect: MRL119
              raise HTTPException(401, "Wrong e-mail address or password")
          return user
      """),
    safe: Example(
      """
      from fastapi import FastAPI, HTTPException
      from pwdlib import PasswordHash
      from sqlmodel import Field, Session, SQLModel, select

      app = FastAPI()
      hasher = PasswordHash.recommended()
      # Verified when there is no such user, so that the answer takes as long.
      unknown_user_hash = hasher.hash("nobody")


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          email: str
          password_hash: str


      def log_in(session: Session, email: str, password: str) -> User:
          user = session.exec(select(User).where(User.email == email)).first()
          stored = user.password_hash if user else unknown_user_hash
          if not hasher.verify(password, stored) or user is None:
              raise HTTPException(401, "Wrong e-mail address or password")
          return user
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/256.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
      "https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/",
    ])
}
