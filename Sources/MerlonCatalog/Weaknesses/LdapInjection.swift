import MerlonBase

extension Weakness {
  /// Text of the caller's is put into an LDAP filter.
  package static let ldapInjection = Weakness(
    id: "MRL320", name: "ldap-injection", severity: .high, cwe: [90],
    owasp: [.web2021(3)], asvs: ["1.2.5"], practices: ["S19", "S20"], since: "0.1.0",
    summary: "Text of the caller's is put into an LDAP filter",
    why: """
      `*` matches every entry, and `)(` adds conditions of the caller's: a login is passed without a password, and \
      attributes that are not shown are guessed letter by letter.
      """,
    guide: [
      """
      Escape the text: `ldap3.utils.conv.escape_filter_chars(name)`, `ldap.filter.escape_filter_chars(name)`.
      """,
      """
      Narrow it where it comes in: `Annotated[str, Query(pattern="^[a-z0-9]+$")]`.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from ldap3 import Connection

      app = FastAPI()
      connection = Connection("ldap.example.com", auto_bind=True)


      @app.get("/people")
      def people(name: str) -> int:
          connection.search("dc=example,dc=com", f"(uid={name})", attributes=["cn"])  # expect: MRL320
          return len(connection.entries)
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from ldap3 import Connection
      from ldap3.utils.conv import escape_filter_chars

      app = FastAPI()
      connection = Connection("ldap.example.com", auto_bind=True)


      @app.get("/people")
      def people(name: str) -> int:
          connection.search("dc=example,dc=com", f"(uid={escape_filter_chars(name)})", attributes=["cn"])
          return len(connection.entries)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/90.html",
      "https://www.rfc-editor.org/rfc/rfc4515.html",
    ])
}
