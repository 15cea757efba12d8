import MerlonBase

extension Weakness {
  /// A token, password or code comes from a generator that can be predicted.
  package static let insecureRandomness = Weakness(
    id: "MRL705", name: "insecure-randomness", severity: .medium, cwe: [330, 338],
    owasp: [.api2023(2), .web2021(2)], asvs: ["11.5.1", "7.2.3"], practices: ["S14"], since: "0.1.0",
    summary: "A token, password or code comes from a generator that can be predicted",
    why: """
      `random` is a Mersenne Twister: from some 600 of its values its state follows, and with it every value to come \
      and every one of the past. Someone who asks for a few reset codes of his own computes the next victim's. \
      Seeding it with the time makes it worse. `uuid1` tells machine and time. For samples, jitter, tests, shuffled \
      lists and colours `random` is right, and nothing is reported.
      """,
    guide: [
      """
      Use `secrets`: `secrets.token_urlsafe(32)` for tokens, `secrets.choice(alphabet)` and \
      `secrets.randbelow(10**6)` for codes.
      """,
      "Give codes of few digits a short life and few attempts, whatever generator they come from.",
      "Store a hash of reset tokens (SHA-256 is enough for random ones), not the tokens.",
    ],
    unsafe: Example(
      """
      import random
      import string


      def make_reset_token() -> str:
          return "".join(random.choices(string.ascii_letters, k=32))  # expect: MRL705
      """),
    safe: Example(
      """
      import secrets


      def make_reset_token() -> str:
          return secrets.token_urlsafe(32)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/330.html",
      "https://cwe.mitre.org/data/definitions/338.html",
      "https://docs.python.org/3/library/secrets.html",
    ])
}
