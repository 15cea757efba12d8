import MerlonBase

extension Weakness {
  /// A WebSocket asks nobody who is there, or is accepted before it asks.
  package static let webSocketWithoutAuthentication = Weakness(
    id: "MRL216", name: "websocket-without-authentication", severity: .high, cwe: [306, 1385],
    owasp: [.api2023(2), .web2021(7)], asvs: ["4.4.2", "8.3.1"], practices: ["S16", "S20"], since: "0.1.0",
    summary: "A WebSocket asks nobody who is there, or is accepted before it asks",
    why: """
      Browsers open WebSockets to any site and send the cookies of that site along; the same-origin policy does not \
      apply. A socket that is accepted without a check of the credential gives strangers what it sends and takes \
      what they write. One that is accepted first and checked later holds resources for everyone and is easily left \
      without the check on one path. Reported where other operations of the application ask for a log-in.
      """,
    guide: [
      "Verify a token or session in a dependency, and raise `WebSocketException(code=1008)` before `accept()`.",
      "Compare the `Origin` header with your own addresses when the credential is a cookie.",
      "Hand out a short-lived ticket over HTTP when the browser cannot send a header.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, WebSocket
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      CurrentUser = Annotated[str, Depends(current_user)]


      @app.get("/rooms")
      def list_rooms(user: CurrentUser) -> list[str]:
          return ["general"]


      @app.websocket("/rooms/{room}")  # expect: MRL216
      async def chat(websocket: WebSocket, room: str) -> None:
          await websocket.accept()
          while True:
              await websocket.send_text(await websocket.receive_text())
      """),
    safe: Example(
      """
      from typing import Annotated

      import jwt
      from fastapi import Depends, FastAPI, HTTPException, WebSocket, WebSocketException
      from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
      from pydantic_settings import BaseSettings


      class Settings(BaseSettings):
          jwt_key: str


      settings = Settings()
      app = FastAPI()


      def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
          try:
              claims = jwt.decode(
                  credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
              )
          except jwt.InvalidTokenError:
              raise HTTPException(401, "Invalid token") from None
          return claims["sub"]


      CurrentUser = Annotated[str, Depends(current_user)]


      def socket_user(websocket: WebSocket) -> str:
          try:
              claims = jwt.decode(
                  websocket.headers.get("sec-websocket-protocol", ""),
                  settings.jwt_key,
                  algorithms=["HS256"],
                  options={"require": ["exp", "sub"]},
              )
          except jwt.InvalidTokenError:
              raise WebSocketException(code=1008) from None
          return claims["sub"]


      @app.get("/rooms")
      def list_rooms(user: CurrentUser) -> list[str]:
          return ["general"]


      @app.websocket("/rooms/{room}")
      async def chat(websocket: WebSocket, room: str, user: Annotated[str, Depends(socket_user)]) -> None:
          await websocket.accept()
          while True:
              await websocket.send_text(await websocket.receive_text())
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/306.html",
      "https://cwe.mitre.org/data/definitions/1385.html",
      "https://fastapi.tiangolo.com/advanced/websockets/",
    ])
}
