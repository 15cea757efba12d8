import MerlonBase

extension Weakness {
  /// Data is encrypted with a broken cipher, or in the mode ECB.
  package static let weakCipher = Weakness(
    id: "MRL704", name: "weak-cipher", severity: .high, cwe: [327],
    owasp: [.api2023(8), .web2021(2)], asvs: ["11.3.1", "11.3.2"], practices: ["S1"], since: "0.1.0",
    summary: "Data is encrypted with a broken cipher, or in the mode ECB",
    why: """
      DES has 56 bits and is tried out in a day; RC4 shows parts of the text; 3DES and Blowfish have blocks of 64 \
      bits, which repeat after some gigabytes (Sweet32). ECB, with whatever cipher, turns equal blocks into equal \
      blocks, so the structure of the text shows through, and blocks can be cut and pasted between messages. None of \
      them notices that a message was changed. Reading old data once, in order to encrypt it anew, is harmless.
      """,
    guide: [
      """
      Use an authenticated mode with a tested recipe: `cryptography.fernet.Fernet`, or `AESGCM`/`ChaCha20Poly1305` \
      with a fresh nonce of 12 bytes for each message.
      """,
      "Keep the key outside the source, and plan its rotation (`MultiFernet`).",
      "Decrypt what is stored with the old cipher, encrypt it anew, and delete the old.",
    ],
    unsafe: Example(
      """
      from cryptography.hazmat.primitives import padding
      from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


      def encrypt_card(number: str, key: bytes) -> bytes:
          padder = padding.PKCS7(128).padder()
          padded = padder.update(number.encode()) + padder.finalize()
          encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # expect: MRL704
          return encryptor.update(padded) + encryptor.finalize()
      """),
    safe: Example(
      """
      import os

      from cryptography.hazmat.primitives.ciphers.aead import AESGCM


      def encrypt_card(number: str, key: bytes) -> bytes:
          nonce = os.urandom(12)
          return nonce + AESGCM(key).encrypt(nonce, number.encode(), None)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/327.html",
      "https://cryptography.io/en/latest/fernet/",
      "https://cryptography.io/en/latest/hazmat/primitives/aead/",
    ])
}
