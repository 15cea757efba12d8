/// Python's `repr` of constants, written as UTF-8.
///
/// Rules: `Objects/unicodeobject.c` (`unicode_repr`), `Objects/bytesobject.c` (`PyBytes_Repr`), `Python/pystrtod.c`
/// (format code `r`).
struct PythonRepr {
  /// Unicode version of the interpreter: what it does not know is not printable.
  let unicode: (major: Int, minor: Int)

  init(pythonMinor: Int) {
    unicode =
      switch pythonMinor {
      case ...8: (12, 1)
      case 9, 10: (13, 0)
      case 11: (14, 0)
      case 12: (15, 0)
      case 13: (15, 1)
      default: (16, 0)
      }
  }

  /// A name or other valid text.
  func append(_ text: String, to output: inout [UInt8]) {
    var text = text
    let isPlain = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\") }
    }
    if isPlain {
      output.append(UInt8(ascii: "'"))
      text.withUTF8 { output.append(contentsOf: $0) }
      output.append(UInt8(ascii: "'"))
    } else {
      append(scalars: text.unicodeScalars.map(\.value), to: &output)
    }
  }

  /// A string of code points, lone surrogates included.
  func append(scalars: [UInt32], to output: inout [UInt8]) {
    let quote = PythonRepr.quote(
      hasSingle: scalars.contains(UInt32(UInt8(ascii: "'"))), hasDouble: scalars.contains(UInt32(UInt8(ascii: "\""))))
    output.append(quote)
    for value in scalars {
      if value >= 0x20 && value < 0x7F {
        let byte = UInt8(truncatingIfNeeded: value)
        if byte == quote || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
        output.append(byte)
      } else if let scalar = Unicode.Scalar(value), isPrintable(scalar) {
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        PythonRepr.appendEscape(value, to: &output)
      }
    }
    output.append(quote)
  }

  func append(bytes: [UInt8], to output: inout [UInt8]) {
    let quote = PythonRepr.quote(
      hasSingle: bytes.contains(UInt8(ascii: "'")), hasDouble: bytes.contains(UInt8(ascii: "\"")))
    output.append(UInt8(ascii: "b"))
    output.append(quote)
    for byte in bytes {
      if byte >= 0x20 && byte < 0x7F {
        if byte == quote || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
        output.append(byte)
      } else {
        PythonRepr.appendEscape(UInt32(byte), to: &output)
      }
    }
    output.append(quote)
  }

  /// `repr(float)`: the shortest digits that read back, with an exponent below 1e-4 and from 1e16.
  func append(float value: Double, to output: inout [UInt8]) {
    PythonRepr.append(value, alwaysPoint: true, to: &output)
  }

  /// `repr(complex)` of an imaginary literal.
  func append(imaginary value: Double, to output: inout [UInt8]) {
    PythonRepr.append(value, alwaysPoint: false, to: &output)
    output.append(UInt8(ascii: "j"))
  }

  private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default:
      guard let age = scalar.properties.age else { return false }
      return (age.major, age.minor) <= unicode
    }
  }

  private static func quote(hasSingle: Bool, hasDouble: Bool) -> UInt8 {
    hasSingle && !hasDouble ? UInt8(ascii: "\"") : UInt8(ascii: "'")
  }

  private static func appendEscape(_ value: UInt32, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    let digits: Int
    switch value {
    case 9: return output.append(UInt8(ascii: "t"))
    case 10: return output.append(UInt8(ascii: "n"))
    case 13: return output.append(UInt8(ascii: "r"))
    case ..<0x100:
      output.append(UInt8(ascii: "x"))
      digits = 2
    case ..<0x1_0000:
      output.append(UInt8(ascii: "u"))
      digits = 4
    default:
      output.append(UInt8(ascii: "U"))
      digits = 8
    }
    for position in (0..<digits).reversed() {
      let digit = UInt8(truncatingIfNeeded: (value >> UInt32(position * 4)) & 0xF)
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private static func append(_ value: Double, alwaysPoint: Bool, to output: inout [UInt8]) {
    guard value.isFinite else {
      output.append(contentsOf: (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
      return
    }
    // Swift prints the same shortest digits, but places point and exponent otherwise.
    var digits: [UInt8] = []
    var point = 0
    var seenPoint = false
    var exponent = 0
    var text = value.description.utf8[...]
    if text.first == UInt8(ascii: "-") {
      output.append(UInt8(ascii: "-"))
      text = text.dropFirst()
    }
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(String(text[text.index(after: mark)...]) ?? "") ?? 0
      text = text[..<mark]
    }
    for byte in text {
      if byte == UInt8(ascii: ".") {
        seenPoint = true
      } else {
        digits.append(byte)
        if !seenPoint { point += 1 }
      }
    }
    let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    if leadingZeros == digits.count {
      output.append(contentsOf: (alwaysPoint ? "0.0" : "0").utf8)
      return
    }
    digits.removeFirst(leadingZeros)
    point += exponent - leadingZeros
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    appendDecimal(digits, point: point, alwaysPoint: alwaysPoint, to: &output)
  }

  /// Digits with the decimal point behind the first `point` of them.
  private static func appendDecimal(_ digits: [UInt8], point: Int, alwaysPoint: Bool, to output: inout [UInt8]) {
    let dot = UInt8(ascii: ".")
    let zero = UInt8(ascii: "0")
    if point <= -4 || point > 16 {
      output.append(contentsOf: digits.prefix(1))
      if digits.count > 1 {
        output.append(dot)
        output.append(contentsOf: digits.dropFirst())
      }
      let exponent = point - 1
      output.append(contentsOf: (exponent < 0 ? "e-" : "e+").utf8)
      if abs(exponent) < 10 { output.append(zero) }
      output.append(contentsOf: String(abs(exponent)).utf8)
    } else if point <= 0 {
      output.append(contentsOf: [zero, dot])
      output.append(contentsOf: repeatElement(zero, count: -point))
      output.append(contentsOf: digits)
    } else if digits.count <= point {
      output.append(contentsOf: digits)
      output.append(contentsOf: repeatElement(zero, count: point - digits.count))
      if alwaysPoint { output.append(contentsOf: [dot, zero]) }
    } else {
      output.append(contentsOf: digits.prefix(point))
      output.append(dot)
      output.append(contentsOf: digits.dropFirst(point))
    }
  }
}
