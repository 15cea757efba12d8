import Glibc
import MerlonBase
import MerlonScan

/// A temporary project and the built program run in it.
final class TestFolder {
  let path: String

  init(_ files: [String: String] = [:]) {
    var template = Array("/tmp/merlon-command-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
    for (name, text) in files { write(name, text) }
  }

  deinit { _ = shell("rm -rf '\(path)'", in: "/") }

  func write(_ name: String, _ text: String) {
    let place = path + "/" + name
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    Self.write(text, to: place)
  }

  /// The folder of these tests.
  static let sources = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.startIndex))
  static let updatesSnapshots = getenv("MERLON_UPDATE_SNAPSHOTS") != nil

  static func write(_ text: String, to place: String) {
    let descriptor = open(place, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return }
    _ = Glibc.write(descriptor, text, text.utf8.count)
    close(descriptor)
  }

  func read(_ name: String) -> String? {
    let bytes = try? DiskFileSystem().read(.init(path + "/" + name), limit: 1 << 24)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Runs merlon in the folder.
  func merlon(_ arguments: String..., environment: [String: String?] = [:]) -> Outcome {
    run("env", ["-C", path, Self.program] + arguments, environment)
  }

  /// Runs a line of bash, in which `$MERLON` is the program.
  func shell(_ line: String, in folder: String? = nil) -> Outcome {
    run("env", ["-C", folder ?? path, "bash", "-c", line], ["MERLON": Self.program])
  }

  struct Outcome {
    var status: Int32
    var output: String
    var talk: String
  }

  private func run(_ program: String, _ arguments: [String], _ environment: [String: String?]) -> Outcome {
    let fixed: [String: String?] = [
      "COLUMNS": "80", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": nil as String?,
      "SWIFT_BACKTRACE": "enable=no", "XDG_CACHE_HOME": "/nonexistent",
    ]
    let process = Subprocess(
      program: program, arguments: arguments, environment: fixed.merging(environment) { $1 }, outputLimit: 1 << 26)
    guard let result = try? process.run() else { return Outcome(status: -1, output: "", talk: "not started") }
    return Outcome(
      status: result.status, output: String(decoding: result.output, as: UTF8.self),
      talk: String(decoding: result.errorOutput, as: UTF8.self))
  }

  /// The program lies beside the bundle of the tests.
  static let program: String = {
    let own = DiskFileSystem().resolved(.init("/proc/self/exe"))?.parent.display ?? ""
    let arguments = CommandLine.arguments.first.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.startIndex)) }
    for folder in [own, arguments ?? ""] where access(folder + "/merlon", X_OK) == 0 { return folder + "/merlon" }
    return ".build/debug/merlon"
  }()
}

/// A project with one critical finding.
let unsafeProject = [
  "app.py": """
  import jwt
  from fastapi import FastAPI

  app = FastAPI()


  @app.get("/me")
  def me(token: str) -> dict:
      return jwt.decode(token, options={"verify_signature": False})

  """
]
