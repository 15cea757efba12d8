import MerlonBase

extension Weakness {
  /// A value that may be an object is put into a query of a document store.
  package static let noSQLInjection = Weakness(
    id: "MRL321", name: "nosql-injection", severity: .high, cwe: [943],
    owasp: [.web2021(3), .api2023(8)], asvs: ["1.2.4"], practices: ["S19", "S20"], since: "0.1.0",
    summary: "A value that may be an object is put into a query of a document store",
    why: """
      JSON brings objects where text is expected: `{"password": {"$ne": ""}}` matches any password, `$where` and \
      `$function` run code, `$regex` reads letter by letter.
      """,
    guide: [
      """
      Give the value a type: a Pydantic model with `str` fields, or `str(value)`.
      """,
      """
      Build the criteria in the code and name each field; never pass a mapping of the caller's on.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request
      from pymongo import MongoClient

      app = FastAPI()
      users = MongoClient("mongodb://db/")["shop"]["users"]


      @app.post("/find")
      async def find(request: Request) -> bool:
          body = await request.json()
          return users.find_one({"email": body["email"]}) is not None  # expect: MRL321
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from pydantic import BaseModel
      from pymongo import MongoClient

      app = FastAPI()
      users = MongoClient("mongodb://db/")["shop"]["users"]


      class Wanted(BaseModel):
          email: str


      @app.post("/find")
      async def find(wanted: Wanted) -> bool:
          return users.find_one({"email": wanted.email}) is not None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/943.html",
      "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/07-Input_Validation_Testing/05.6-Testing_for_NoSQL_Injection",
    ])
}
