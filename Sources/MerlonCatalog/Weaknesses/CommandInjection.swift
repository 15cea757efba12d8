import MerlonBase

extension Weakness {
  /// Text of the caller's decides which command the server runs.
  package static let commandInjection = Weakness(
    id: "MRL302", name: "command-injection", severity: .critical, cwe: [78, 88],
    owasp: [.api2023(10), .web2021(3)], asvs: ["1.2.5"], practices: ["S4", "S22"], since: "0.1.0",
    summary: "Text of the caller's decides which command the server runs",
    why: """
      A shell reads `;`, `|`, `$(…)` and line breaks as orders, so one value that reaches a command line runs \
      any program with the rights of the server. Without a shell, a value in the first place still chooses the \
      program. Quoting with `shlex.quote` helps for one argument of a POSIX shell; a list of arguments needs \
      no quoting at all.
      """,
    guide: [
      """
      Call the program with a list of arguments and without `shell=True`; put `--` in front of values that may \
      begin with a dash.
      """,
      """
      Take the program and its options from a list of the program's own; better still, use a library in place \
      of the program.
      """,
    ],
    unsafe: Example(
      """
      import subprocess

      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/ping")
      def ping(host: str) -> dict[str, int]:
          done = subprocess.run(f"ping -c 1 {host}", shell=True, check=False)  # expect: MRL302
          return {"status": done.returncode}
      """),
    safe: Example(
      """
      import ipaddress
      import subprocess

      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/ping")
      def ping(host: ipaddress.IPv4Address) -> dict[str, int]:
          done = subprocess.run(["ping", "-c", "1", str(host)], check=False)
          return {"status": done.returncode}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/78.html",
      "https://docs.python.org/3/library/subprocess.html#security-considerations",
      "https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html",
    ])
}
