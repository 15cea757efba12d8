import MerlonBase

extension Weakness {
  /// Passwords are hashed through passlib, which is no longer maintained.
  package static let passlibWithNewBcrypt = Weakness(
    id: "MRL602", name: "passlib-with-new-bcrypt", severity: .low, cwe: [1104],
    owasp: [.api2023(8), .web2021(6)], asvs: ["15.2.1"], practices: ["S15", "S26"], since: "0.1.0",
    summary: "Passwords are hashed through passlib, which is no longer maintained",
    why: """
      passlib's last release is from 2020. It reads a version number that bcrypt dropped in 4.1, and its self-test \
      hashes a text that bcrypt 5 refuses, so with a current bcrypt the first login fails; people then pin an old \
      bcrypt for good. It needs the `crypt` module for some schemes, which Python 3.13 removed. The hashes \
      themselves are sound, so nothing leaks today: the harm is a login that breaks on the next update and a library \
      in which nobody repairs holes.
      """,
    guide: [
      """
      Move to `pwdlib`: `PasswordHash((Argon2Hasher(), BcryptHasher()))` hashes with Argon2 and still verifies \
      stored bcrypt hashes.
      """,
      "Replace `context.verify` by `hasher.verify_and_update`, and store the new hash that it returns.",
      "Remove `passlib` and the pin of `bcrypt` from the requirements.",
    ],
    unsafe: Example(
      """
      from passlib.context import CryptContext  # expect: MRL602

      context = CryptContext(schemes=["bcrypt"], deprecated="auto")


      def hash_password(password: str) -> str:
          return context.hash(password)
      """),
    safe: Example(
      """
      from pwdlib import PasswordHash
      from pwdlib.hashers.argon2 import Argon2Hasher
      from pwdlib.hashers.bcrypt import BcryptHasher

      hasher = PasswordHash((Argon2Hasher(), BcryptHasher()))


      def hash_password(password: str) -> str:
          return hasher.hash(password)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1104.html",
      "https://pypi.org/project/passlib/",
      "https://frankie567.github.io/pwdlib/",
    ])
}
