import MerlonBase

/// Foreign text made harmless for Markdown as GitHub renders it: no markup, no HTML, no mention of people or issues, no
/// link comes out of it.
enum MarkdownText {
  /// A message in which code stands between backticks, for running text. What lies between becomes a code span, the
  /// rest plain text.
  static func inline(_ message: String) -> String {
    rendered(message, plain: plain, code: codeSpan)
  }

  /// The same for the inside of HTML elements, where Markdown is not looked at.
  static func html(_ message: String) -> String {
    rendered(message, plain: escapedHTML) { "<code>\(escapedHTML($0))</code>" }
  }

  /// Text without any code in it.
  static func plain(_ text: String) -> String {
    escaped(text) { scalar, isFirst in
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~": "\\\(scalar)"
      // A list or a line, if anything.
      case "-" where isFirst, "+" where isFirst: "\\\(scalar)"
      case "$": "&#36;"
      default: nil
      }
    }
  }

  /// A code span around any text, with more backticks outside than inside (CommonMark 6.1).
  static func codeSpan(_ code: String) -> String {
    let safe = DisplayText.sanitized(code)
    guard !safe.allSatisfy({ $0 == " " }) else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: safe) + 1)
    let pad = safe.hasPrefix("`") || safe.hasSuffix("`") ? " " : ""
    return fence + pad + safe + pad + fence
  }

  /// A fenced code block around any lines, with a longer fence than any inside.
  static func codeBlock(_ lines: [String]) -> String {
    let safe = lines.map(DisplayText.sanitized)
    let longest = safe.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)python\n\(safe.joined(separator: "\n"))\n\(fence)"
  }

  static func escapedHTML(_ text: String) -> String {
    escaped(text) { scalar, _ in
      switch scalar {
      case "\"": "&quot;"
      case "'": "&#39;"
      case "`": "&#96;"
      case "[": "&#91;"
      case "]": "&#93;"
      default: nil
      }
    }
  }

  /// What both need: no elements, no entities; and a zero-width space wherever GitHub would make a link or a
  /// notification of plain text (`@name`, `#1`, `https://…`, `www.…`).
  private static func escaped(
    _ text: String, special: (_ scalar: Unicode.Scalar, _ isFirst: Bool) -> String?
  ) -> String {
    var safe = ""
    var last: Unicode.Scalar = " "
    for scalar in DisplayText.sanitized(text).unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "@", "#": safe += "\(scalar)&#8203;"
      case "/" where last == ":" || last == "/": safe += "&#8203;/"
      case "." where last == "w" || last == "W": safe += "&#8203;."
      default:
        if let replacement = special(scalar, safe.isEmpty) {
          safe += replacement
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
      last = scalar
    }
    return safe
  }

  private static func rendered(
    _ message: String, plain: (String) -> String, code: (String) -> String
  ) -> String {
    let parts = message.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    var text = ""
    for (index, part) in parts.enumerated() {
      // A last backtick without a partner opens nothing.
      let isCode = !index.isMultiple(of: 2) && index < parts.count - 1
      if isCode {
        text += code(part)
      } else {
        text += plain(index.isMultiple(of: 2) ? part : "`" + part)
      }
    }
    return text
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for candidate in text {
      run = candidate == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
