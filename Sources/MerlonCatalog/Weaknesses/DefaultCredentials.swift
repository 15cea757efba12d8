import MerlonBase

extension Weakness {
  /// An account is made, or let in, with a password that stands in the source.
  package static let defaultCredentials = Weakness(
    id: "MRL118", name: "default-credentials", severity: .high, cwe: [798, 1392],
    owasp: [.api2023(2), .web2021(7)], asvs: ["6.3.2", "13.2.3"], practices: ["S14"], since: "0.1.0",
    summary: "An account is made, or let in, with a password that stands in the source",
    why: """
      A seeded `admin` with the password `admin` exists in every installation, and lists of such pairs are the first \
      thing that scanners and worms try. "Change it after the first login" is not done. A comparison with a literal \
      is worse: that password can't be changed without a release, and everyone with access to the source, the image \
      or a backup of it knows it. Data for tests that never runs in production is harmless; keep it in the tests' \
      folder.
      """,
    guide: [
      """
      Make no account by default: create the first administrator by a command that asks for the password, or from a \
      secret given at start, and fail without it.
      """,
      """
      If a password must be generated, take `secrets.token_urlsafe(16)`, show it once and demand a new one at the \
      first login.
      """,
      "Store a hash of Argon2 (`pwdlib`), and never compare with a literal.",
    ],
    unsafe: Example(
      """
      from pwdlib import PasswordHash
      from sqlmodel import Field, Session, SQLModel

      hasher = PasswordHash.recommended()


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          username: str
          password_hash: str


      def seed(session: Session) -> None:
          session.add(User(username="admin", password_hash=hasher.hash("admin")))  # expect: MRL118
          session.commit()
      """),
    safe: Example(
      """
      import getpass

      from pwdlib import PasswordHash
      from sqlmodel import Field, Session, SQLModel

      hasher = PasswordHash.recommended()


      class User(SQLModel, table=True):
          id: int | None = Field(default=None, primary_key=True)
          username: str
          password_hash: str


      def create_admin(session: Session, username: str) -> None:
          chosen = getpass.getpass("Password of the first administrator: ")
          if len(chosen) < 15:
              raise SystemExit("at least 15 characters")
          session.add(User(username=username, password_hash=hasher.hash(chosen)))
          session.commit()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/798.html",
      "https://cwe.mitre.org/data/definitions/1392.html",
      "https://owasp.org/Top10/A07_2021-Identification_and_Authentication_Failures/",
    ])
}
