import MerlonBase

extension Weakness {
  /// The model of an answer holds a password, its hash or a secret.
  package static let sensitiveFieldInResponse = Weakness(
    id: "MRL406", name: "sensitive-field-in-response", severity: .high, cwe: [200, 213],
    owasp: [.api2023(3), .web2021(1)], asvs: ["15.3.1", "8.2.3"], practices: ["S17"], since: "0.1.0",
    summary: "The model of an answer holds a password, its hash or a secret",
    why: """
      What the response model declares is sent, to every client, proxy and log on the way. A password hash can be \
      attacked off-line at leisure; a TOTP secret or an API key is used at once. Usually one model serves both as \
      stored and as sent, and the field rides along; front ends that do not show it hide the leak from everyone but \
      attackers. A field with `exclude=True`, or an answer that is the one moment in which a new key is shown to its \
      owner, is harmless.
      """,
    guide: [
      """
      Give answers a model of their own, `UserPublic`, with only the fields that callers need, and make the stored \
      model extend it.
      """,
      "Declare it, `-> UserPublic` or `response_model=UserPublic`: FastAPI then drops everything else.",
      "Do not return a `JSONResponse` built from the stored object: it goes around the response model.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel

      app = FastAPI()


      class User(BaseModel):
          id: int
          email: str
          hashed_password: str  # expect: MRL406


      @app.get("/users/{user_id}", response_model=User)
      def read_user(user_id: int):
          return load_user(user_id)


      def load_user(user_id: int) -> dict:
          raise NotImplementedError
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel

      app = FastAPI()


      class UserPublic(BaseModel):
          id: int
          email: str


      class User(UserPublic):
          hashed_password: str


      @app.get("/users/{user_id}", response_model=UserPublic)
      def read_user(user_id: int):
          return load_user(user_id)


      def load_user(user_id: int) -> User:
          raise NotImplementedError
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/200.html",
      "https://fastapi.tiangolo.com/tutorial/response-model/",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
    ])
}
