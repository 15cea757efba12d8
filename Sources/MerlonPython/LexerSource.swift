import MerlonBase

/// The text of a file as the lexer wants it: UTF-8 without byte order mark.
struct SourceText: ~Copyable {
  let bytes: [UInt8]
  var diagnostics: [SyntaxDiagnostic] = []
  private var hasZero = false

  init(_ file: [UInt8]) {
    var text = file
    if file.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    bytes = text
  }

  /// Copies the text with zero bytes behind it; those inside become spaces.
  func copy(to target: UnsafeMutablePointer<UInt8>, padding: Int) {
    let count = bytes.count
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { target.update(from: start, count: count) }
    }
    (target + count).update(repeating: 0, count: padding)
    for index in 0..<count where target[index] == 0 { target[index] = 0x20 }
  }

  /// Offset of the first byte of each line; `\n`, `\r\n` and `\r` end one.
  func lineStarts() -> ContiguousArray<UInt32> {
    var starts = ContiguousArray<UInt32>()
    starts.reserveCapacity(bytes.count / 32 + 1)
    starts.append(0)
    bytes.withUnsafeBufferPointer { source in
      var index = 0
      while index < source.count {
        let byte = source[index]
        index += 1
        if byte == 0x0A {
          starts.append(UInt32(truncatingIfNeeded: index))
        } else if byte == 0x0D {
          if index < source.count && source[index] == 0x0A { index += 1 }
          starts.append(UInt32(truncatingIfNeeded: index))
        }
      }
    }
    return starts
  }
}
