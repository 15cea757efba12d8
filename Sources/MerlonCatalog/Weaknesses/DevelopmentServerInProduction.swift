import MerlonBase

extension Weakness {
  /// A deployment starts the development server.
  package static let developmentServerInProduction = Weakness(
    id: "MRL532", name: "development-server-in-production", severity: .medium, cwe: [489],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.4.2"], practices: ["S1", "S43"], since: "0.1.0",
    summary: "A deployment starts the development server",
    why: """
      `fastapi dev`, `uvicorn --reload` and `--debug` are for the desk. They run one worker and a second process \
      that watches the tree and imports whatever Python file appears in it, log more than they should, and with \
      debug mode show source code to callers. A compose file that is named for development (`compose.override.yaml`, \
      `compose.dev.yaml`) is where they belong, and is not reported.
      """,
    guide: [
      """
      Start with `fastapi run shop/main.py --workers 4`, or `uvicorn shop.main:app --workers 4`, without `--reload`.
      """,
      "Keep the development command in the developers' compose file or Makefile.",
      "Set nothing like `DEBUG=true` in the image; let the setting be off by default.",
    ],
    unsafe: Example(
      """
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      USER 10001
      CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--reload"]  # expect: MRL532
      """, fileName: "Dockerfile"),
    safe: Example(
      """
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install --no-cache-dir --require-hashes -r requirements.txt
      COPY shop shop
      USER 10001
      CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--workers", "4"]
      """, fileName: "Dockerfile"),
    references: [
      "https://cwe.mitre.org/data/definitions/489.html",
      "https://fastapi.tiangolo.com/deployment/server-workers/",
      "https://fastapi.tiangolo.com/fastapi-cli/",
    ])
}
