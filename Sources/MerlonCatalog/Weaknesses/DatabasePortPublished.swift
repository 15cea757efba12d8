import MerlonBase

extension Weakness {
  /// The port of a database or cache is published on all interfaces.
  package static let databasePortPublished = Weakness(
    id: "MRL534", name: "database-port-published", severity: .low, cwe: [668],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.2.1"], practices: ["S1"], since: "0.1.0",
    summary: "The port of a database or cache is published on all interfaces",
    why: """
      `"5432:5432"` opens the port on every address of the machine, and Docker's rules come before those of the \
      host's firewall (`ufw`), so a server on the internet shows its database although the firewall seems to say no. \
      Redis and MongoDB without a password are found and emptied within hours. Services of one compose file reach \
      each other without any published port. Bound to `127.0.0.1` it is harmless.
      """,
    guide: [
      "Remove the port, or write `\"127.0.0.1:5432:5432\"` if tools on the machine need it.",
      "Put database and application into a network of their own (`internal: true`).",
      "Set a password for the database and cache all the same.",
    ],
    unsafe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          ports:
            - "127.0.0.1:8000:8000"
        database:
          image: postgres:18
          ports:
            - "5432:5432"  # expect: MRL534
      """, fileName: "compose.yaml"),
    safe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          ports:
            - "127.0.0.1:8000:8000"
        database:
          image: postgres:18
      """, fileName: "compose.yaml"),
    references: [
      "https://cwe.mitre.org/data/definitions/668.html",
      "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
    ])
}
