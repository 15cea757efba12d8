import ArgumentParser
import Glibc

/// The files a verb reads: arguments, or a list for more than a command line holds.
struct FileArguments: ParsableArguments {
  @Argument(help: "Python files.")
  var files: [String] = []

  @Option(help: "File with one path a line; `-` reads the list from standard input.")
  var filesFrom: String?

  func paths() throws -> [String] {
    guard let filesFrom else { return files }
    let list = try filesFrom == "-" ? readDescriptor(0, name: "standard input") : readFile(filesFrom)
    return files + list.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A file that could not be read.
struct ReadError: Error {
  /// Names the file and what the system says.
  let message: String
}

/// The whole content of a file.
func readFile(_ path: String) throws(ReadError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw ReadError(message: "cannot open `\(path)`: \(systemMessage(errno))") }
  defer { close(descriptor) }
  return try readDescriptor(descriptor, name: path)
}

private func readDescriptor(_ descriptor: Int32, name: String) throws(ReadError) -> [UInt8] {
  var status = stat()
  let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  var content: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: max(expected + 1, 65_536))
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      throw ReadError(message: "cannot read `\(name)`: \(systemMessage(errno))")
    }
    if count == 0 { return content }
    content.append(contentsOf: chunk[..<count])
  }
}

private func systemMessage(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
