import MerlonBase

extension Weakness {
  /// A password is hashed with a function made to be fast.
  package static let fastPasswordHash = Weakness(
    id: "MRL120", name: "fast-password-hash", severity: .high, cwe: [916, 328],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.4.2"], practices: ["S15"], since: "0.1.0",
    summary: "A password is hashed with a function made to be fast",
    why: """
      MD5, SHA-1 and SHA-256 are built to hash gigabytes a second; a graphics card tries ten thousand million \
      guesses a second against a leaked table, which covers every password that people can remember. A salt stops \
      one table for all users, not this. Password hashes (Argon2, scrypt, bcrypt) cost time and memory for each \
      guess. Fast hashes are right for long random values, such as API keys and reset tokens of 128 bits and more: \
      those cannot be guessed at any speed.
      """,
    guide: [
      "Hash passwords with Argon2: `PasswordHash.recommended().hash(password)` of `pwdlib[argon2]`.",
      """
      Move existing users over: hash each old hash once more with Argon2 in a migration, and replace it at the next \
      login.
      """,
      "Do not add a hand-made salt or pepper; the function brings its own salt.",
    ],
    unsafe: Example(
      """
      import hashlib


      def hash_password(password: str, salt: str) -> str:
          return hashlib.sha256((salt + password).encode()).hexdigest()  # expect: MRL120
      """),
    safe: Example(
      """
      from pwdlib import PasswordHash

      hasher = PasswordHash.recommended()


      def hash_password(password: str) -> str:
          return hasher.hash(password)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/916.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
      "https://www.rfc-editor.org/rfc/rfc9106",
    ])
}
