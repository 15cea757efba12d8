import MerlonBase

extension Weakness {
  /// A secret is written into a compose file or manifest.
  package static let secretInCompose = Weakness(
    id: "MRL535", name: "secret-in-compose", severity: .high, cwe: [798, 260],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.3.1"], practices: ["S14"], since: "0.1.0",
    summary: "A secret is written into a compose file or manifest",
    why: """
      Compose files and manifests lie in the repository beside the code: everyone who reads it has the database's \
      password and the signing key, in its whole history, and every installation made from the file shares them. \
      Values that come from the environment (`${DB_PASSWORD}`), from `secrets:` or from a `Secret` object are \
      harmless; a `${…:-default}` is not.
      """,
    guide: [
      """
      Take the value from the environment without a default, `${POSTGRES_PASSWORD:?set it}`, or from a file through \
      `secrets:`.
      """,
      "Let the image read it from a file where it can: `POSTGRES_PASSWORD_FILE: /run/secrets/database_password`.",
      "Change the secret that was written down; the history keeps it.",
    ],
    unsafe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          environment:
            JWT_SECRET_KEY: 5f3e9c1b7a2d4860b1c9e8f7a6d5c4b3  # expect: MRL535
      """, fileName: "compose.yaml"),
    safe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          environment:
            JWT_SECRET_KEY: ${JWT_SECRET_KEY:?set it in the environment}
      """, fileName: "compose.yaml"),
    references: [
      "https://cwe.mitre.org/data/definitions/798.html",
      "https://docs.docker.com/compose/how-tos/use-secrets/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ])
}
