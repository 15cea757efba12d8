import MerlonBase

extension Weakness {
  /// A secret is built into the image.
  package static let secretInImage = Weakness(
    id: "MRL531", name: "secret-in-image", severity: .high, cwe: [538, 798],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.3.1"], practices: ["S14"], since: "0.1.0",
    summary: "A secret is built into the image",
    why: """
      Everyone who may pull an image can read what it was built from: `docker history` shows `ENV` and `ARG` values, \
      and each layer keeps its files even if a later one deletes them. A key in `ENV`, a token passed as `ARG` to \
      install from a private index, or a copied `.env` thus goes to every registry, cache and developer, and one \
      image serves production and tests with the same secret. Names without a value, and values that are filled in \
      at start, are harmless.
      """,
    guide: [
      """
      Give secrets to the container when it starts: `docker run --env-file`, Compose `secrets:`, Kubernetes \
      `Secret`.
      """,
      "Use a secret of the build only while building: `RUN --mount=type=secret,id=pip_token …`.",
      "List `.env`, `*.pem` and `.git` in `.dockerignore`, and copy named folders instead of `.`.",
      "Revoke what was built in; the old images keep it.",
    ],
    unsafe: Example(
      """
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      ENV JWT_SECRET_KEY=5f3e9c1b7a2d4860b1c9e8f7a6d5c4b3  # expect: MRL531
      USER 10001
      CMD ["fastapi", "run", "shop/main.py", "--port", "8000"]
      """, fileName: "Dockerfile"),
    safe: Example(
      """
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      # JWT_SECRET_KEY comes from the environment of the container.
      USER 10001
      CMD ["fastapi", "run", "shop/main.py", "--port", "8000"]
      """, fileName: "Dockerfile"),
    references: [
      "https://cwe.mitre.org/data/definitions/538.html",
      "https://docs.docker.com/build/building/secrets/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ])
}
