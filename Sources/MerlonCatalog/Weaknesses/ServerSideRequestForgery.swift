import MerlonBase

extension Weakness {
  /// Text of the caller's decides where the server sends a request.
  package static let serverSideRequestForgery = Weakness(
    id: "MRL305", name: "server-side-request-forgery", severity: .high, cwe: [918],
    owasp: [.api2023(7), .web2021(10)], asvs: ["1.3.6"], practices: ["S35"], since: "0.1.0",
    summary: "Text of the caller's decides where the server sends a request",
    why: """
      The server stands inside: it reaches the metadata service of the cloud (`169.254.169.254`), databases, \
      admin pages and neighbours that trust its address. Who chooses the URL reads their answers, or changes \
      things there. In 2019 this handed out the credentials of a cloud role and with them a hundred million \
      records. A value that only stands in the path behind a fixed host does far less.
      """,
    guide: [
      """
      Take the host from a list of the program's own, looked up by a key that the caller sends.
      """,
      """
      Where any host must do, resolve the name once, refuse private, loopback and link-local addresses, \
      connect to the address that was checked, and refuse redirects.
      """,
      """
      Send such requests from a network that reaches nothing inside.
      """,
    ],
    unsafe: Example(
      """
      import httpx
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/preview")
      def preview(url: str) -> dict[str, int]:
          answer = httpx.get(url, timeout=5)  # expect: MRL305
          return {"status": answer.status_code}
      """),
    safe: Example(
      """
      from typing import Literal

      import httpx
      from fastapi import FastAPI

      app = FastAPI()
      FEEDS = {"news": "https://news.example.com/feed", "status": "https://status.example.com/feed"}


      @app.get("/preview")
      def preview(feed: Literal["news", "status"]) -> dict[str, int]:
          answer = httpx.get(FEEDS[feed], timeout=5)
          return {"status": answer.status_code}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/918.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
    ])
}
