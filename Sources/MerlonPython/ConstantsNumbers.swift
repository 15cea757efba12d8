extension Tree {
  /// The value of an integer constant that fits 64 bits; nil for others.
  public func integerValue(_ id: NodeID) -> Int? {
    guard let (digits, radix) = integerDigits(id) else { return nil }
    var value = 0
    for digit in digits {
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// The decimal digits of an integer constant of any size; nil for other nodes.
  ///
  /// CPython shows no integer with more than 4300 digits (`sys.set_int_max_str_digits`); such a one is answered as
  /// a hexadecimal literal.
  public func integerText(_ id: NodeID) -> String? {
    guard let (digits, radix) = integerDigits(id) else { return nil }
    let significant = digits.drop { $0 == 0 }
    if significant.isEmpty { return "0" }
    if radix == 10 { return String(decoding: significant.map { UInt8($0) + 0x30 }, as: UTF8.self) }
    let bits = radix.trailingZeroBitCount * significant.count
    if bits > 14_300 { return text(id) }
    return decimal(significant, radix)
  }

  /// The value of a float constant, or of an imaginary one without its unit; nil for others.
  public func floatValue(_ id: NodeID) -> Double? {
    let node = self[id]
    guard node.kind == .constant,
      node.flag == ConstantKind.float.rawValue || node.flag == ConstantKind.imaginary.rawValue
    else { return nil }
    let end = min(Int(node.end), source.count)
    var text = source[min(Int(node.start), end)..<end].filter { $0 != UInt8(ascii: "_") }
    if node.flag == ConstantKind.imaginary.rawValue { text.removeLast() }
    return Double(String(decoding: text, as: UTF8.self))
  }

  private func integerDigits(_ id: NodeID) -> (digits: [Int], radix: Int)? {
    let node = self[id]
    guard node.kind == .constant, node.flag == ConstantKind.integer.rawValue else { return nil }
    let end = min(Int(node.end), source.count)
    var text = source[min(Int(node.start), end)..<end]
    var radix = 10
    if text.count > 2, text.first == UInt8(ascii: "0") {
      switch text[text.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "o"): radix = 8
      case UInt8(ascii: "b"): radix = 2
      default: break
      }
      if radix != 10 { text = text.dropFirst(2) }
    }
    return (text.compactMap { Parser.hexadecimal($0) }, radix)
  }

  /// Turns digits of a power of two into decimal ones, nine at a time.
  private func decimal(_ digits: ArraySlice<Int>, _ radix: Int) -> String {
    var limbs: [UInt64] = [0]
    for digit in digits {
      var carry = UInt64(digit)
      for index in limbs.indices {
        let value = limbs[index] * UInt64(radix) + carry
        limbs[index] = value % 1_000_000_000
        carry = value / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    var result = String(limbs[limbs.count - 1])
    for limb in limbs.dropLast().reversed() {
      let text = String(limb)
      result += String(repeating: "0", count: 9 - text.count) + text
    }
    return result
  }
}
