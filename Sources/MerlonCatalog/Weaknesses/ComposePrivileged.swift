import MerlonBase

extension Weakness {
  /// A service can leave its container: privileged, with the Docker socket, or in the host's network.
  package static let composePrivileged = Weakness(
    id: "MRL533", name: "compose-privileged", severity: .medium, cwe: [250, 269],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.2.2"], practices: ["S1"], since: "0.1.0",
    summary: "A service can leave its container: privileged, with the Docker socket, or in the host's network",
    why: """
      `privileged: true` gives a container all devices and capabilities of the host, so root inside is root outside. \
      Who can write to `/var/run/docker.sock` starts a second container that mounts the host's disk. `network_mode: \
      host` puts the service beside everything that trusts `127.0.0.1`: databases, metadata services, debug ports. A \
      hole in the application is then a hole in the machine. Build and monitoring services sometimes need one of \
      them; keep those apart from what callers reach.
      """,
    guide: [
      "Remove `privileged`, the socket's mount and `network_mode: host`; publish the ports that are needed.",
      """
      Add what is missing by name, `cap_add: [NET_BIND_SERVICE]`, and drop the rest: `cap_drop: [ALL]`, \
      `security_opt: [no-new-privileges:true]`.
      """,
      "To read Docker's state put a proxy that filters the API in front of the socket, read-only.",
    ],
    unsafe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          ports:
            - "127.0.0.1:8000:8000"
          volumes:
            - /var/run/docker.sock:/var/run/docker.sock  # expect: MRL533
      """, fileName: "compose.yaml"),
    safe: Example(
      """
      services:
        shop:
          image: registry.example.com/shop:1.4.2
          ports:
            - "127.0.0.1:8000:8000"
          cap_drop:
            - ALL
          security_opt:
            - no-new-privileges:true
      """, fileName: "compose.yaml"),
    references: [
      "https://cwe.mitre.org/data/definitions/250.html",
      "https://docs.docker.com/engine/security/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ])
}
