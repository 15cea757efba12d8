import MerlonBase

extension Weakness {
  /// Something is protected by a broken hash function.
  package static let weakHash = Weakness(
    id: "MRL703", name: "weak-hash", severity: .medium, cwe: [328, 327],
    owasp: [.api2023(8), .web2021(2)], asvs: ["11.4.1", "11.4.3"], practices: ["S1"], since: "0.1.0",
    summary: "Something is protected by a broken hash function",
    why: """
      For MD5 and SHA-1 two inputs with the same hash are made on a laptop and for some thousand dollars of \
      computing. A signature, a token or a check of integrity that stands on such a hash accepts the second input \
      for the first; `md5(secret + data)` can moreover be extended without knowing the secret. As a key of a cache, \
      an ETag or a check against transmission errors they do no harm: say so with `usedforsecurity=False`, and \
      nothing is reported. HMAC with SHA-1 is not broken. Passwords are MRL120.
      """,
    guide: [
      "Use `hashlib.sha256` or `hashlib.blake2b`.",
      """
      To sign with a secret use `hmac.new(key, data, "sha256")` instead of hashing both together, and compare with \
      `hmac.compare_digest`.
      """,
      "Where no attacker takes part, write `hashlib.md5(data, usedforsecurity=False)`.",
    ],
    unsafe: Example(
      """
      import hashlib


      def sign_download(path: str, key: str) -> str:
          signature = hashlib.md5(f"{key}{path}".encode()).hexdigest()  # expect: MRL703
          return f"{path}?signature={signature}"
      """),
    safe: Example(
      """
      import hashlib
      import hmac


      def sign_download(path: str, key: str) -> str:
          signature = hmac.new(key.encode(), path.encode(), hashlib.sha256).hexdigest()
          return f"{path}?signature={signature}"
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/328.html",
      "https://docs.python.org/3/library/hashlib.html",
      "https://csrc.nist.gov/projects/hash-functions",
    ])
}
