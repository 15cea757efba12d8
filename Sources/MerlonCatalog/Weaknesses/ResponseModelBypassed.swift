import MerlonBase

extension Weakness {
  /// The operation declares what leaves and answers with a response object that is not filtered.
  package static let responseModelBypassed = Weakness(
    id: "MRL411", name: "response-model-bypassed", severity: .medium, cwe: [213, 200],
    owasp: [.api2023(3), .web2021(1)], asvs: ["15.3.1"], practices: ["S17"], since: "0.1.0",
    summary: "The operation declares what leaves and answers with a response object that is not filtered",
    why: """
      FastAPI applies the response model to what the function returns. A `JSONResponse`, and every other `Response`, \
      is sent as it is: the document promises a few fields, and the answer carries whatever was put into it \
      (measured on FastAPI 0.121 to 0.165).
      """,
    guide: [
      "Return the object itself and let FastAPI filter it; set status and headers on the `Response` parameter.",
      "Or build the declared model before the response: `JSONResponse(UserOut.model_validate(user).model_dump())`.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.responses import JSONResponse
      from pydantic import BaseModel


      class AccountOut(BaseModel):
          name: str


      class Account(AccountOut):
          remark: str


      app = FastAPI()
      account = Account(name="alice", remark="pays late")


      @app.get("/account", response_model=AccountOut)
      def read_account():
          return JSONResponse(account.model_dump(), headers={"Cache-Control": "no-store"})  # expect: MRL411
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Response
      from pydantic import BaseModel


      class AccountOut(BaseModel):
          name: str


      class Account(AccountOut):
          remark: str


      app = FastAPI()
      account = Account(name="alice", remark="pays late")


      @app.get("/account", response_model=AccountOut)
      def read_account(response: Response) -> Account:
          response.headers["Cache-Control"] = "no-store"
          return account
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/213.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/",
      "https://fastapi.tiangolo.com/advanced/response-directly/",
    ])
}
