import MerlonBase

extension Weakness {
  /// The reloading development server listens on all interfaces.
  package static let reloadOnAllInterfaces = Weakness(
    id: "MRL511", name: "reload-on-all-interfaces", severity: .medium, cwe: [489, 668],
    owasp: [.api2023(8), .web2021(5)], asvs: ["13.4.2"], practices: ["S1"], since: "0.1.0",
    summary: "The reloading development server listens on all interfaces",
    why: """
      `reload=True` is for the desk: one process that watches the source tree and starts anew when a file changes. \
      On `0.0.0.0` everyone in the network, at home, in the café or in the office, reaches a half-finished service \
      with its test data; and in an image the same line serves production from one worker, and runs any Python file \
      that an upload manages to place in the tree. Inside a development container whose port is published on \
      `127.0.0.1` only it is harmless.
      """,
    guide: [
      """
      Develop with `fastapi dev`, which listens on `127.0.0.1`; serve with `fastapi run` or `uvicorn --workers 4` \
      without reload.
      """,
      """
      If the module starts the server itself, take host and reload from settings whose defaults are `127.0.0.1` and \
      off.
      """,
    ],
    unsafe: Example(
      """
      import uvicorn
      from fastapi import FastAPI

      app = FastAPI()

      if __name__ == "__main__":
          uvicorn.run("app:app", host="0.0.0.0", port=8000, reload=True)  # expect: MRL511
      """),
    safe: Example(
      """
      import uvicorn
      from fastapi import FastAPI

      app = FastAPI()

      if __name__ == "__main__":
          uvicorn.run("app:app", host="127.0.0.1", port=8000, reload=True)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/489.html",
      "https://cwe.mitre.org/data/definitions/668.html",
      "https://fastapi.tiangolo.com/fastapi-cli/",
    ])
}
