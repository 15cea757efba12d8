import MerlonBase

extension Weakness {
  /// A password hash is set to cost so little that guessing stays cheap.
  package static let weakPasswordHashCost = Weakness(
    id: "MRL121", name: "weak-password-hash-cost", severity: .medium, cwe: [916],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.4.2"], practices: ["S15"], since: "0.1.0",
    summary: "A password hash is set to cost so little that guessing stays cheap",
    why: """
      The cost of a password hash is its whole protection, and the attacker pays the same cost as you. bcrypt \
      doubles its work with each step, so 6 rounds instead of 12 make guessing 64 times cheaper; 1,000 iterations of \
      PBKDF2-SHA256, usual in 2000, are 600 times fewer than OWASP's present figure. Low values often come from a \
      test suite that was to run faster. There, set them in the tests only.
      """,
    guide: [
      """
      Use the defaults of `pwdlib`'s Argon2, or: bcrypt with at least 12 rounds, PBKDF2-HMAC-SHA256 with 600,000 \
      iterations, scrypt with n=2**17.
      """,
      "Measure on your server: a hash that takes 100 to 300 ms is right for a login.",
      "Rehash at the next login (`verify_and_update`), since stored hashes keep the cost that they were made with.",
    ],
    unsafe: Example(
      """
      import bcrypt


      def hash_password(password: str) -> bytes:
          return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=6))  # expect: MRL121
      """),
    safe: Example(
      """
      import bcrypt


      def hash_password(password: str) -> bytes:
          return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=12))
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/916.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
      "https://docs.python.org/3/library/hashlib.html",
    ])
}
