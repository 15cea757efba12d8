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
      from fastapi import FastAPI
      from sqlmodel import Field, Session, SQLModel

      app = FastAPI()


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          email: str
          password: str


      def sign_up(session: Session, email: str, password: str) -> None:
          session.add(User(email=email, password=password))  # expect: MRL119
          session.commit()
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pwdlib import PasswordHash
      from sqlmodel import Field, Session, SQLModel

      app = FastAPI()
      hasher = PasswordHash.recommended()


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          email: str
          password_hash: str


      def sign_up(session: Session, email: str, password: str) -> None:
          session.add(User(email=email, password_hash=hasher.hash(password)))
          session.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/256.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
      "https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/",
    ])
}
