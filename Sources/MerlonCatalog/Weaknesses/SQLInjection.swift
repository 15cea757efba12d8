import MerlonBase

extension Weakness {
  /// Text of the caller's becomes part of an SQL statement.
  package static let sqlInjection = Weakness(
    id: "MRL301", name: "sql-injection", severity: .high, cwe: [89],
    owasp: [.api2023(10), .web2021(3)], asvs: ["1.2.4"], practices: ["S4", "S19"], since: "0.1.0",
    summary: "Text of the caller's becomes part of an SQL statement",
    why: """
      Whoever writes part of a statement writes the rest too: a quote ends the value, and what follows is SQL. \
      An attacker reads other tables, changes rows, logs in as anybody, and with some databases runs programs. \
      Values that are bound as parameters can't do this; escaping by hand leaves the cases that were not \
      thought of. Table and column names can't be bound, so they have to come from a list of the program's \
      own.
      """,
    guide: [
      """
      Bind values: `session.execute(text("… WHERE name = :name"), {"name": name})`, or the query functions of \
      the ORM.
      """,
      """
      Take names of tables, columns and sort orders from a dictionary of the program's own, looked up by what \
      the caller sends.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from sqlalchemy import create_engine, text

      app = FastAPI()
      engine = create_engine("sqlite://")


      @app.get("/products")
      def find_products(name: str) -> list[str]:
          with engine.connect() as connection:
              rows = connection.execute(text(f"SELECT title FROM products WHERE title = '{name}'"))  # expect: MRL301
              return [row.title for row in rows]
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from sqlalchemy import create_engine, text

      app = FastAPI()
      engine = create_engine("sqlite://")


      @app.get("/products")
      def find_products(name: str) -> list[str]:
          statement = text("SELECT title FROM products WHERE title LIKE :pattern LIMIT 50")
          with engine.connect() as connection:
              rows = connection.execute(statement, {"pattern": f"%{name}%"})
              return [row.title for row in rows]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/89.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html",
      "https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text",
    ])
}
