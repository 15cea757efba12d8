import MerlonBase

extension Weakness {
  /// The image's process runs as root.
  package static let containerRunsAsRoot = Weakness(
    id: "MRL530", name: "container-runs-as-root", severity: .medium, cwe: [250],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.2.2"], practices: ["S1"], since: "0.1.0",
    summary: "The image's process runs as root",
    why: """
      Without a `USER` line a container's process is root. A hole in the application then gives the attacker \
      everything in the container: he replaces code, installs tools, reads every mounted secret, and a hole in the \
      kernel or a mounted host folder makes him root of the host. As an unprivileged user he finds a file system \
      that he can't write to. An image that starts as root only to drop privileges in its entry point, and stages \
      that are not the last, are harmless.
      """,
    guide: [
      "Make a user and change to it before `CMD`: `RUN useradd --uid 10001 --no-create-home app` and `USER 10001`.",
      "Copy the code as root, so that the running process can't change it, and listen on a port above 1023.",
      """
      Enforce it where it runs as well: `runAsNonRoot: true` in Kubernetes, `user: "10001"` and `read_only: true` in \
      Compose.
      """,
    ],
    unsafe: Example(
      """
      FROM python:3.13-slim  # expect: MRL530
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      CMD ["fastapi", "run", "shop/main.py", "--port", "8000"]
      """, fileName: "Dockerfile"),
    safe: Example(
      """
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      RUN useradd --uid 10001 --no-create-home app
      USER 10001
      CMD ["fastapi", "run", "shop/main.py", "--port", "8000"]
      """, fileName: "Dockerfile"),
    references: [
      "https://cwe.mitre.org/data/definitions/250.html",
      "https://docs.docker.com/build/building/best-practices/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
    ])
}
