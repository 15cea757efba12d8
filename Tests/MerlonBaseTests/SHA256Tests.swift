import MerlonBase
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// Examples of FIPS 180-4 (csrc.nist.gov, "SHA256.pdf") and short messages of NIST's CAVP file SHA256ShortMsg.rsp.
  @Test(
    "gives the digests that NIST published",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func published(message: String, digest: String) {
    #expect(SHA256.hexadecimal(SHA256.digest(message.utf8)) == digest)
  }

  @Test(
    "gives the digests of bytes that are not text",
    arguments: [
      ([UInt8]([0xD3]), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
      ([0x11, 0xAF], "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
    ])
  func shortMessages(message: [UInt8], digest: String) {
    #expect(SHA256.hexadecimal(SHA256.digest(message)) == digest)
  }

  /// The expected value is CPython's: `hashlib.sha256` over the digests of `bytes((i * 7 + n) & 255 for i in range(n))`.
  @Test("agrees with hashlib for every length around the block borders, however the message is cut")
  func everyLength() {
    var all = SHA256()
    for length in 0..<300 {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + length) }
      let whole = SHA256.digest(message)
      var cut = SHA256()
      cut.update(message.prefix(length / 3))
      cut.update(message.dropFirst(length / 3))
      #expect(cut.finalized() == whole)
      all.update(whole)
    }
    #expect(
      SHA256.hexadecimal(all.finalized()) == "d5238871a46ac4a1a75ac3fb19d645b0b3b9e5f35f5f720e2b240d605c6b694e")
  }
}
