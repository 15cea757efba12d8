/// Makes text from foreign hands (paths, names, source code) safe to print.
///
/// A scanned repository chooses its file names and its identifiers. Printed raw, they could move the cursor, retitle
/// the terminal, forge lines of a log or, with bidirectional controls (CVE-2021-42574), show code in another order
/// than it runs. What would do so is shown as a visible picture instead.
public enum DisplayText {
  /// `text` on one line: every control character, line separator and bidirectional or zero-width control replaced by
  /// something visible.
  public static func sanitized(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { replacement(for: $0) != nil }) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if let picture = replacement(for: scalar) {
        safe += picture
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// What is shown in place of `scalar`; nil when it can be shown as it is.
  public static func replacement(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x20...0x7E: nil
    // The block "Control Pictures": U+241B shows U+001B.
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value).map { String(Character($0)) }
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      "<U+\(hexadecimal(scalar.value))>"
    default: nil
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
