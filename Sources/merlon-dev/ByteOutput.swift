import Glibc

/// Buffered output of bytes to a file descriptor; a closed pipe ends the program quietly.
struct ByteOutput {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let limit = 1 << 20

  init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(ByteOutput.limit + 65_536)
  }

  mutating func append(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > ByteOutput.limit { flush() }
  }

  /// A JSON string with its quotes.
  mutating func append(jsonString text: String) {
    append(jsonString: Array(text.utf8))
  }

  /// A JSON string of valid UTF-8 with its quotes.
  mutating func append(jsonString text: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    buffer.append(quote)
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == quote || byte == backslash else { continue }
      buffer.append(contentsOf: text[start..<index])
      start = index + 1
      buffer.append(backslash)
      if byte >= 0x20 {
        buffer.append(byte)
      } else {
        let hexadecimal = Array("0123456789abcdef".utf8)
        buffer.append(contentsOf: "u00".utf8)
        buffer.append(hexadecimal[Int(byte >> 4)])
        buffer.append(hexadecimal[Int(byte & 0xF)])
      }
    }
    buffer.append(contentsOf: text[start...])
    buffer.append(quote)
    if buffer.count > ByteOutput.limit { flush() }
  }

  mutating func flush() {
    var start = 0
    while start < buffer.count {
      let written = buffer[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        exit(1)
      }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
