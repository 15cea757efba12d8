import Glibc
import MerlonBase
import MerlonScan

/// A folder that is removed with the value that made it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/merlon-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
  }

  deinit { _ = try? run("rm", ["-rf", path]) }

  var raw: RawPath { RawPath(path) }

  func write(_ name: String, _ text: String = "") { write(Array(name.utf8), Array(text.utf8)) }

  /// Writes a file, making the folders that it lies in.
  func write(_ name: [UInt8], _ content: [UInt8]) {
    let place = raw.appending(name)
    makeFolder(place.parent)
    let descriptor = place.bytes.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o644) }
    guard descriptor >= 0 else { return }
    _ = Glibc.write(descriptor, content, content.count)
    close(descriptor)
  }

  func link(_ name: String, to target: String) { symlink(target, path + "/" + name) }

  func makeFolder(_ place: RawPath) {
    guard place.bytes.count > 1 else { return }
    if place.bytes.withCString({ mkdir($0, 0o755) }) != 0 && errno == ENOENT {
      makeFolder(place.parent)
      _ = place.bytes.withCString { mkdir($0, 0o755) }
    }
  }

  /// Runs git in the folder, free of the settings of whoever runs the tests.
  @discardableResult func git(_ arguments: String..., input: [UInt8] = []) throws -> [UInt8] {
    try run("git", ["-C", path, "-c", "user.name=T", "-c", "user.email=t@example.com"] + arguments, input: input)
  }

  @discardableResult func run(_ program: String, _ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
    let environment: [String: String?] = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": path]
    return try Subprocess(
      program: program, arguments: arguments, environment: environment, input: input, outputLimit: 1 << 28
    ).run().output
  }
}

extension [UInt8] {
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}
