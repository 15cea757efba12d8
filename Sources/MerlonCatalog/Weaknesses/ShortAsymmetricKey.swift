import MerlonBase

extension Weakness {
  /// An RSA or DSA key is made with fewer than 2048 bits.
  package static let shortAsymmetricKey = Weakness(
    id: "MRL707", name: "short-asymmetric-key", severity: .medium, cwe: [326],
    owasp: [.api2023(8), .web2021(2)], asvs: ["11.2.3", "11.6.1"], practices: ["S1"], since: "0.1.0",
    summary: "An RSA or DSA key is made with fewer than 2048 bits",
    why: """
      The private key of RSA follows from the public one by factoring. 829 bits were factored in public in 2020, \
      1024 are within reach of states, and computing gets cheaper while signatures and recorded traffic stay. NIST \
      disallows fewer than 2048 bits since 2014. In a test that makes throw-away keys for speed, a short one is \
      harmless.
      """,
    guide: [
      "Make RSA keys with at least 3072 bits, `rsa.generate_private_key(public_exponent=65537, key_size=3072)`.",
      """
      Better, use Ed25519 (`Ed25519PrivateKey.generate()`) or P-256: shorter, faster, and without a size to get \
      wrong.
      """,
      "Replace keys that exist, and let the old public ones expire at once.",
    ],
    unsafe: Example(
      """
      from cryptography.hazmat.primitives.asymmetric import rsa


      def new_terminal_key() -> rsa.RSAPrivateKey:
          return rsa.generate_private_key(public_exponent=65537, key_size=1024)  # expect: MRL707
      """),
    safe: Example(
      """
      from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


      def new_terminal_key() -> Ed25519PrivateKey:
          return Ed25519PrivateKey.generate()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/326.html",
      "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",
      "https://cryptography.io/en/latest/hazmat/primitives/asymmetric/ed25519/",
    ])
}
