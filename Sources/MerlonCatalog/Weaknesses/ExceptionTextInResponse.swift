import MerlonBase

extension Weakness {
  /// The text of an exception is sent to the caller.
  package static let exceptionTextInResponse = Weakness(
    id: "MRL401", name: "exception-text-in-response", severity: .medium, cwe: [209],
    owasp: [.api2023(8), .web2021(5)], asvs: ["16.5.1"], practices: ["S43", "S47"], since: "0.1.0",
    summary: "The text of an exception is sent to the caller",
    why: """
      Exception texts are written for developers. A database error carries the statement, its parameters and table \
      names; a file error carries paths; an HTTP client's error carries internal addresses, sometimes with a key in \
      the query. An attacker who varies his input reads the inside of the system from the answers, and error-based \
      SQL injection reads whole tables that way. The text of an exception that your own code raises for callers \
      (`raise ValueError("name is taken")` caught right there, an own domain error) is meant for them, and harmless.
      """,
    guide: [
      """
      Answer with a fixed text, `raise HTTPException(502, "The payment service did not answer")`, and log the \
      exception (`logger.exception`).
      """,
      "Give the answer an id that stands in the log too, so that support can find the details.",
      "Catch what you expect instead of `Exception`, and let the rest become status 500.",
    ],
    unsafe: Example(
      """
      import logging

      from fastapi import FastAPI, HTTPException
      from sqlalchemy import text

      from shop.database import engine

      app = FastAPI()
      logger = logging.getLogger(__name__)


      @app.get("/orders/count")
      def count_orders() -> dict[str, int]:
          try:
              with engine.connect() as connection:
                  return {"orders": connection.execute(text("select count(*) from orders")).scalar_one()}
          except Exception as error:
              raise HTTPException(500, detail=str(error)) from error  # expect: MRL401
      """),
    safe: Example(
      """
      import logging

      from fastapi import FastAPI, HTTPException
      from sqlalchemy import text
      from sqlalchemy.exc import SQLAlchemyError

      from shop.database import engine

      app = FastAPI()
      logger = logging.getLogger(__name__)


      @app.get("/orders/count")
      def count_orders() -> dict[str, int]:
          try:
              with engine.connect() as connection:
                  return {"orders": connection.execute(text("select count(*) from orders")).scalar_one()}
          except SQLAlchemyError:
              logger.exception("counting orders failed")
              raise HTTPException(503, "Orders cannot be counted at the moment") from None
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/209.html",
      "https://fastapi.tiangolo.com/tutorial/handling-errors/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html",
    ])
}
