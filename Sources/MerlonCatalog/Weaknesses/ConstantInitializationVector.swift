import MerlonBase

extension Weakness {
  /// The initialization vector or nonce is always the same.
  package static let constantInitializationVector = Weakness(
    id: "MRL708", name: "constant-initialization-vector", severity: .medium, cwe: [329, 323],
    owasp: [.api2023(8), .web2021(2)], asvs: ["11.3.4"], practices: ["S1"], since: "0.1.0",
    summary: "The initialization vector or nonce is always the same",
    why: """
      The vector makes two encryptions of one text differ. With a fixed one, equal texts, and in CBC equal \
      beginnings, show as equal. In CTR and GCM it is worse: two messages under one key and nonce give the XOR of \
      both texts, and in GCM also the key that authenticates, so messages can be forged. The vector is no secret and \
      travels with the message; it only may not be used twice. A constant in a test with published vectors is \
      harmless.
      """,
    guide: [
      """
      Make a fresh one for each message with `os.urandom(16)` (12 for GCM), and store it in front of the ciphertext.
      """,
      "Better, use `Fernet`, which does that by itself and notices changed messages.",
      "Encrypt anew what was written with the constant.",
    ],
    unsafe: Example(
      """
      from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

      IV = b"0123456789abcdef"


      def encrypt_voucher(block: bytes, key: bytes) -> bytes:
          encryptor = Cipher(algorithms.AES(key), modes.CBC(IV)).encryptor()  # expect: MRL708
          return encryptor.update(block) + encryptor.finalize()
      """),
    safe: Example(
      """
      import os

      from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


      def encrypt_voucher(block: bytes, key: bytes) -> bytes:
          iv = os.urandom(16)
          encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
          return iv + encryptor.update(block) + encryptor.finalize()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/329.html",
      "https://cwe.mitre.org/data/definitions/323.html",
      "https://cryptography.io/en/latest/hazmat/primitives/symmetric-encryption/",
    ])
}
