import Glibc
import MerlonBase

/// Standard output and error: what is a terminal, and bytes that reach them whole.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(1) == 1 }
  static var errorIsTerminal: Bool { isatty(2) == 1 }

  /// Columns of the terminal that standard output is; 100 where it is none.
  static var width: Int { columns(of: 1) }

  private static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// Whether standard output gets colours: `--color`, else a terminal that is not dumb and no `NO_COLOR`
  /// (https://no-color.org).
  static func usesColor(_ choice: String) -> Bool {
    switch choice {
    case "always": return true
    case "never": return false
    default:
      if let value = environment("NO_COLOR"), !value.isEmpty { return false }
      return outputIsTerminal && environment("TERM") != "dumb"
    }
  }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Writes the product to standard output. A reader that has gone away got all it wanted: that is no failure.
  static func write(_ bytes: [UInt8]) -> Bool {
    guard let reason = write(bytes, to: 1) else { return true }
    tell("merlon: error: standard output can't be written: \(reason)")
    return false
  }

  /// A line of talk, on standard error.
  static func tell(_ line: String) {
    _ = write(Array((line + "\n").utf8), to: 2)
  }

  /// Writes all bytes; answers what went wrong, in the system's words.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        start += count
      } else if errno == EPIPE {
        return nil
      } else if errno != EINTR {
        return strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
      }
    }
    return nil
  }

  /// Writes a file anew; answers what went wrong, in the system's words.
  static func writeFile(_ path: String, _ bytes: [UInt8]) -> String? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return strerror(errno).map { String(cString: $0) } ?? "error \(errno)" }
    defer { close(descriptor) }
    return write(bytes, to: descriptor)
  }

  /// A line of standard error that is written over and over; nothing where that is no terminal.
  static func progress(isWanted: Bool) -> @Sendable (String) -> Void {
    guard isWanted, errorIsTerminal, environment("TERM") != "dumb" else { return { _ in } }
    return { text in
      // A line that is wrapped could not be taken back.
      let line = "merlon: \(text)…".prefix(columns(of: 2) - 1)
      _ = write(Array(("\r\u{1B}[2K" + (text.isEmpty ? "" : line)).utf8), to: 2)
    }
  }
}

/// The clock's time in UTC.
struct UTCTime {
  /// RFC 3339, to the second.
  let timestamp: String
  /// `YYYY-MM-DD`.
  var day: String { String(timestamp.prefix(10)) }

  static func now() -> UTCTime {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return UTCTime(timestamp: String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}

/// Seconds since some moment, for durations.
func monotonicSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
