import Testing

/// What a project says of its own code and libraries (`docs/models.md`).
@Suite("Models and rules of a project's own") struct OwnModelsTests {
  private static let search = """
    from typing import Annotated, Any
    from merlon import Sink, rule, sanitizer

    @rule(id="ACME001", name="search-injection", severity="high", cwe=943,
          message="`{source}` decides the query of `{callee}`", sinks=["search"])
    class SearchInjection:
        \"""Queries have operators that read documents of other customers.\"""

    @rule(id="ACME002", message="`{source}` is run by `{callee}`", sinks=["command"], sources=["queue"])
    class QueueCommand: ...

    class Client:
        def run(self, query: Annotated[str, Sink("search")]) -> Any: ...

    @sanitizer("search")
    def quote(text: str) -> str: ...
    """

  private static let own = """
    from typing import Any
    from merlon import sanitizer, source

    @source("queue")
    def next_message() -> Any: ...
    @sanitizer("search")
    def clean(text: str) -> str: ...
    """

  private static let app = """
    import subprocess

    from acme.search import Client, quote
    from fastapi import FastAPI

    app = FastAPI()
    client = Client()


    def clean(text: str) -> str:
        return text + "x"


    def next_message() -> str:
        return open("/var/queue").read()


    @app.get("/plain")
    def plain(q: str) -> str:
        return client.run(q)


    @app.get("/quoted")
    def quoted(q: str) -> str:
        return client.run(quote(q))


    @app.get("/cleaned")
    def cleaned(q: str) -> str:
        return client.run(clean(q))


    def worker() -> None:
        subprocess.run(next_message(), shell=True, check=False)
    """

  private func folder(_ configuration: String = "models = [\"security\"]\n") -> TestFolder {
    TestFolder([
      "app.py": Self.app, "security/acme/search.pyi": Self.search, "security/app.pyi": Self.own,
      "merlon.toml": configuration,
    ])
  }

  @Test func sinksSanitizersSourcesAndRulesHold() {
    let lines = folder().merlon("scan", "--format", "github", "--select", "ACME001,ACME002").output
    let places = lines.split(separator: "\n").filter { $0.contains("ACME") }
    #expect(places.count == 2, "\(lines)")
    #expect(places.contains { $0.contains("line=20") && $0.contains("ACME001") }, "\(lines)")
    #expect(places.contains { $0.contains("line=34") && $0.contains("ACME002") }, "\(lines)")
  }

  @Test func aRuleOfTheProjectIsIgnoredAndExplainedLikeAnyOther() {
    let ignored = folder().merlon("scan", "--ignore", "ACME001,ACME002", "--select", "ACME001", "--fail-on", "low")
    #expect(ignored.status == 0, "\(ignored)")
    let page = folder().merlon("explain", "ACME001")
    #expect(page.output.contains("Queries have operators") && page.status == 0, "\(page)")
    let flagged = folder("").merlon("scan", "--models", "security", "--select", "ACME001")
    #expect(flagged.status == 1, "\(flagged)")
    let unknown = folder().merlon("scan", "--select", "ACME003")
    #expect(unknown.status == 2 && unknown.talk.contains("unknown rule `ACME003`"), "\(unknown)")
  }

  @Test(arguments: [
    ("def f(a: Annotated[str, Sink(\"sqll\")]): ...", "own.pyi:1:1: no rule reads the sink `sqll`; `sql` is one"),
    ("@source(\"requst\")\ndef f(): ...", "own.pyi:2:1: no rule reads the source `requst`; `request` is one"),
    ("@sanitizer(\"htm\")\ndef f(a): ...", "own.pyi:2:1: no rule reads the sanitizer `htm`; `html` is one"),
    ("@rule(id=\"MRL1\", message=\"x\")\nclass A: ...", "own.pyi:1:2: `id` is made of capital letters"),
    ("@rule(id=\"A1\")\nclass A: ...", "own.pyi:1:2: the rule A1 has no `message`"),
    ("@rule(id=\"A1\", message=\"x\", level=1)\nclass A: ...", "a rule has no `level`"),
    ("x = 1", "own.pyi:1:1: a model holds functions"), ("def f(", "own.pyi:1:"),
  ])
  func aFaultyModelEndsTheRunWithItsPlace(_ model: String, _ message: String) {
    let folder = TestFolder(["app.py": Self.app, "own.pyi": model + "\n"])
    let outcome = folder.merlon("scan", "--models", "own.pyi")
    #expect(outcome.status == 2 && outcome.talk.contains(message), "\(outcome.talk)")
  }

  @Test func modelsThatAreNotThereAreTold() {
    let outcome = TestFolder(["app.py": Self.app]).merlon("scan", "--models", "nowhere")
    #expect(outcome.status == 2 && outcome.talk.contains("`nowhere` are not there"), "\(outcome.talk)")
  }
}
