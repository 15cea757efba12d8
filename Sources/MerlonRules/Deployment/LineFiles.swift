import MerlonBase

/// A command line of a file that is read by lines, with the name that it has there.
struct NamedCommandLine: Sendable {
  /// Process of a Procfile, target of a Makefile; empty in units and scripts.
  let name: String
  let text: PlacedText
}

/// `name: command` lines.
enum ProcfileReader {
  static func commands(_ bytes: [UInt8]) -> [NamedCommandLine] {
    FileLine.lines(of: bytes).compactMap { line in
      let bytes = line.bytes
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex,
        bytes[..<colon].allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: "-") })
      else { return nil }
      let start = line.start + colon + 1 - bytes.startIndex
      return NamedCommandLine(
        name: String(decoding: bytes[..<colon], as: UTF8.self), text: PlacedText(bytes[(colon + 1)...], from: start))
    }
  }
}

/// Units of systemd: `Key=value` below `[Section]`, lines that end with a backslash go on (systemd.syntax(7)).
struct SystemdUnit: Sendable {
  private(set) var commands: [PlacedText] = []
  private(set) var environment: [EnvironmentSetting] = []

  init(_ bytes: [UInt8]) {
    var key = ""
    var value: [UInt8] = []
    var offsets: [UInt32] = []
    var continues = false
    for line in FileLine.lines(of: bytes) {
      var content = line.trimmed
      if content.first == UInt8(ascii: "#") || content.first == UInt8(ascii: ";") { continue }
      if !continues {
        guard let equals = content.firstIndex(of: UInt8(ascii: "=")) else { continue }
        key = String(decoding: content[..<equals], as: UTF8.self).filter { $0 != " " }
        content = content[(equals + 1)...]
        value = []
        offsets = []
      }
      continues = content.last == UInt8(ascii: "\\")
      if continues { content.removeLast() }
      let first = line.start - line.bytes.startIndex
      for (index, byte) in zip(content.indices, content) {
        value.append(byte)
        offsets.append(UInt32(clamping: first + index))
      }
      if continues {
        value.append(UInt8(ascii: " "))
        offsets.append(UInt32(clamping: line.start + line.bytes.count))
      } else {
        add(key, PlacedText(value, offsets: offsets))
      }
    }
  }

  private mutating func add(_ key: String, _ text: PlacedText) {
    switch key {
    case "ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload":
      // Prefixes of a path: `-`, `@`, `:`, `+`, `!`.
      var start = 0
      while start < text.bytes.count, isBlank(text.bytes[start]) || "-@:+!".utf8.contains(text.bytes[start]) {
        start += 1
      }
      commands.append(text.part(start, text.bytes.count))
    case "Environment":
      for word in WordReader.words(text) {
        guard let (name, value) = ShellReader.assignment(word) else { continue }
        environment.append(EnvironmentSetting(name: name, value: value.text, range: word.range))
      }
    default: break
    }
  }
}

/// `NAME=value` lines of `.env` files.
enum EnvironmentFileReader {
  static func settings(_ bytes: [UInt8]) -> [EnvironmentSetting] {
    FileLine.lines(of: bytes).compactMap { line in
      var text = PlacedText(line.bytes, from: line.start)
      if line.trimmed.first == UInt8(ascii: "#") { return nil }
      var start = 0
      while start < text.bytes.count, isBlank(text.bytes[start]) { start += 1 }
      text = text.part(start, text.bytes.count)
      if text.bytes.starts(with: Array("export ".utf8)) { text = text.part(7, text.bytes.count) }
      guard let word = WordReader.words(text).first, let (name, value) = ShellReader.assignment(word) else {
        return nil
      }
      return EnvironmentSetting(name: name, value: value.text, range: word.range)
    }
  }
}

/// Recipes of Makefiles and justfiles: the indented lines below `target:`.
enum RecipeReader {
  static func commands(_ bytes: [UInt8]) -> [NamedCommandLine] {
    var target = ""
    var result: [NamedCommandLine] = []
    var value: [UInt8] = []
    var offsets: [UInt32] = []
    for line in FileLine.lines(of: bytes) {
      guard line.isIndented || !value.isEmpty else {
        if let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")), line.bytes.first != UInt8(ascii: "#") {
          target = String(decoding: line.bytes[..<colon], as: UTF8.self)
        }
        continue
      }
      var content = line.bytes
      if value.isEmpty {
        // `@` and `-` in front change what is printed and what an error does.
        while let first = content.first, isBlank(first) || first == 0x40 || first == 0x2D { content.removeFirst() }
      }
      let continues = content.last == UInt8(ascii: "\\")
      if continues { content.removeLast() }
      let first = line.start - line.bytes.startIndex
      for (index, byte) in zip(content.indices, content) {
        value.append(byte)
        offsets.append(UInt32(clamping: first + index))
      }
      if !continues {
        if !value.isEmpty { result.append(NamedCommandLine(name: target, text: PlacedText(value, offsets: offsets))) }
        value = []
        offsets = []
      }
    }
    return result
  }
}
