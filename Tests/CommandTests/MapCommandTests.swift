import MerlonBase
import Testing

@Suite struct MapCommandTests {
  // MARK: Without any application

  @Test func aProjectWithoutAnApplicationIsToldAndFailsOnlyOnRequest() {
    let folder = TestFolder(["a.py": "x = 1\n"])
    let outcome = folder.merlon("map")
    #expect(outcome.status == 0 && outcome.output.contains("no-application") && outcome.talk == "")
    let required = folder.merlon("map", "--require-app")
    #expect(required.status == 3 && required.talk.contains("no FastAPI application was found"))
    #expect(TestFolder().merlon("map").status == 3)
  }

  @Test(arguments: [
    ("map --format sarif", "`sarif` is no value of `--format`"),
    ("map --diff-base main --openapi x.json", "exclude each other"),
    ("map --diff-base main --format html", "can't be had as `html`; expected text, json, markdown"),
    ("map --openapi missing.json", "missing.json: the document can't be read"),
    ("map --openapi http://127.0.0.1:1/openapi.json", "can't be fetched"),
    ("map --openapi notes.txt", "is no OpenAPI document"),
    ("map --app shop:app", "no application is called `shop:app`"),
    ("map nowhere", "no such file or folder"),
  ])
  func wrongUsageIsNamed(line: String, message: String) {
    let folder = TestFolder(["a.py": "x = 1\n", "notes.txt": "- a\n- b\n"])
    let outcome = folder.shell("$MERLON " + line)
    #expect(outcome.status == 2 && outcome.talk.contains(message), "\(line): \(outcome.talk)")
  }

  @Test func withoutCurlAnAddressIsRefusedWithAdvice() {
    let folder = TestFolder(["a.py": "x = 1\n"])
    let outcome = folder.merlon("map", "--openapi", "http://127.0.0.1/o.json", environment: ["PATH": "/nonexistent"])
    // `env`, which starts the program here, is not found either on such a path.
    guard outcome.status == 2 else { return }
    #expect(outcome.talk.contains("curl"))
  }

  // MARK: Applications

  @Test func everyFormatGivesItsKindOfText() throws {
    let folder = TestFolder(shop)
    for (format, start) in [
      ("text", "main:app"), ("tree", "main:app"), ("json", "{"), ("openapi", "{"), ("markdown", "# Map"),
      ("html", "<!DOCTYPE html>"), ("mermaid", "flowchart LR"), ("csv", "application,method"),
    ] {
      let outcome = folder.merlon("map", "--format", format)
      #expect(outcome.status == 0 && outcome.output.hasPrefix(start), "\(format): \(outcome.output.prefix(80))")
    }
    let value = try JSONValue(parsing: Array(folder.merlon("map", "--format", "json").output.utf8))
    let routes = value["apps"]?.array?.first?["routes"]?.array ?? []
    #expect(
      routes.filter { $0["kind"]?.string == "http" }.compactMap { $0["endpoint"]?["qualname"]?.string } == [
        "health", "login", "items", "remove", "users",
      ])
  }

  @Test(arguments: [
    (["--method", "DELETE"], ["remove"]), (["--tag", "items"], ["items"]), (["--path", "/items/*"], ["remove"]),
    (["--app", "main:app", "--method", "post"], ["login"]),
  ])
  func filtersShowWhatIsAskedFor(arguments: [String], handlers: [String]) throws {
    let line = "$MERLON map --format json " + arguments.map { "'\($0)'" }.joined(separator: " ")
    let value = try JSONValue(parsing: Array(TestFolder(shop).shell(line).output.utf8))
    let routes = value["apps"]?.array?.flatMap { $0["routes"]?.array ?? [] } ?? []
    #expect(routes.compactMap { $0["endpoint"]?["qualname"]?.string } == handlers)
    #expect(value["selection"]?.array?.isEmpty == false)
  }

  @Test func settingsOfTheMapComeFromItsTable() {
    let folder = TestFolder(shop)
    folder.write("merlon.toml", "format = 'sarif'\n[map]\nformat = 'csv'\nmethod = ['DELETE']\noutput = 'map.csv'\n")
    #expect(folder.merlon("map").status == 0)
    #expect(folder.read("map.csv")?.contains("/items/{item_id}") == true)
    #expect(folder.read("map.csv")?.contains("/health") == false)
    // Options win over the file.
    #expect(folder.merlon("map", "--method", "POST", "--format", "text", "--output", "m.txt").status == 0)
    #expect(folder.read("m.txt")?.contains("/login") == true)
  }

  @Test func aDocumentOfSeveralApplicationsNeedsAName() {
    let folder = TestFolder(shop)
    folder.write("other.py", "from fastapi import FastAPI\nadmin = FastAPI()\n@admin.get('/x')\ndef x(): ...\n")
    let outcome = folder.merlon("map", "--format", "openapi")
    #expect(outcome.status == 2 && outcome.talk.contains("choose one with `--app`: main:app, other:admin"))
    let chosen = folder.merlon("map", "--format", "openapi", "--app", "other:admin")
    #expect(chosen.status == 0 && chosen.output.contains("\"/x\""))
  }

  // MARK: Differences

  @Test func aRouteThatLosesItsDependencyIsTold() {
    let folder = TestFolder(shop)
    let git = "git -c user.name=T -c user.email=t@example.com "
    #expect(folder.shell("git init -q -b main && git add . && \(git) commit -qm one").status == 0)
    let same = folder.merlon("map", "--diff-base", "main")
    #expect(same.status == 0 && same.output.contains("No differences"), "\(same.output)")
    _ = folder.shell(
      "sed -i 's/def remove(item_id: int, user=Depends(current_user))/def remove(item_id: int)/' main.py")
    let changed = folder.merlon("map", "--diff-base", "main")
    #expect(changed.status == 1, "\(changed.output)")
    #expect(changed.output.contains("critical") && changed.output.contains("DELETE /items/{item_id}"))
    #expect(changed.output.contains("authentication removed: open to anyone"))
    #expect(folder.merlon("map", "--diff-base", "main", "--fail-on", "never").status == 0)
    // What the filter leaves out does not count.
    #expect(folder.merlon("map", "--diff-base", "main", "--method", "GET").status == 0)
  }

  @Test func aPublishedDocumentIsHeldAgainstTheCode() throws {
    let folder = TestFolder(shop)
    folder.write(
      "openapi.yaml", "openapi: 3.1.0\npaths:\n  /health:\n    get: {}\n  /items:\n    get: {}\n  /gone:\n    get: {}\n"
    )
    let outcome = folder.merlon("map", "--openapi", "openapi.yaml", "--format", "json")
    let value = try JSONValue(parsing: Array(outcome.output.utf8))
    let found = value["differences"]?.array?.map {
      "\($0["kind"]?.string ?? "") \($0["method"]?.string ?? "") \($0["path"]?.string ?? "")"
    }
    #expect(found?.contains("shadow GET /gone") == true)
    #expect(found?.contains("undocumented DELETE /items/{item_id}") == true)
    #expect(found?.contains { $0.hasSuffix("GET /health") } == false)
    // The login is open, changes something and is not documented.
    #expect(outcome.status == 1)
  }

  @Test func aDocumentIsFetchedByItsAddress() {
    let folder = TestFolder(shop)
    folder.write("site/openapi.json", "{\"openapi\": \"3.1.0\", \"paths\": {\"/health\": {\"get\": {}}}}")
    guard folder.shell("command -v curl && command -v python3").status == 0 else { return }
    let line = """
      python3 -u -m http.server 0 --bind 127.0.0.1 --directory site > log 2>&1 & server=$!
      for i in $(seq 100); do port=$(grep -o 'port [0-9]*' log | cut -d' ' -f2); [ -n "$port" ] && break; sleep 0.1; done
      $MERLON map --openapi http://127.0.0.1:$port/openapi.json; status=$?; kill $server; exit $status
      """
    let outcome = folder.shell(line)
    #expect(outcome.output.contains("not in the document") && outcome.status == 1, "\(outcome.talk)")
  }
}

/// A project with an operation of each kind of access but ownership.
private let shop = [
  "main.py": """
  from fastapi import Depends, FastAPI, HTTPException, Security
  from fastapi.security import OAuth2PasswordBearer
  import jwt

  app = FastAPI(title="Shop")
  scheme = OAuth2PasswordBearer(tokenUrl="login")


  def current_user(token: str = Depends(scheme)) -> str:
      try:
          claims = jwt.decode(token, "key", algorithms=["HS256"])
      except jwt.PyJWTError:
          raise HTTPException(401)
      return claims["sub"]


  def admin(user: str = Depends(current_user)) -> str:
      if user != "admin":
          raise HTTPException(403)
      return user


  @app.get("/health")
  def health() -> dict: return {}


  @app.post("/login")
  def login(name: str, password: str) -> dict: return {}


  @app.get("/items", tags=["items"])
  def items(user=Depends(current_user)) -> list[str]: return []


  @app.delete("/items/{item_id}")
  def remove(item_id: int, user=Depends(current_user)) -> None: ...


  @app.get("/users")
  def users(user=Depends(admin)) -> list[str]: return []

  """
]
