import MerlonBase

/// A Dockerfile as far as rules need it: stages with their instructions, continuations joined, variables known by their
/// defaults. The grammar is that of BuildKit's Dockerfile reference; what it would refuse is read as well as may be.
struct Dockerfile: Sendable {
  struct Instruction: Sendable {
    /// In capitals: `RUN`.
    let keyword: String
    /// What follows the keyword, without continuations and comment lines.
    let arguments: PlacedText
    /// Bodies of heredocs, in order.
    let heredocs: [PlacedText]
    let range: TextRange
  }

  struct Stage: Sendable {
    /// The name after `AS`, lower case.
    let name: String?
    /// The image, variables replaced by their defaults.
    let base: Substituted
    /// Number of the earlier stage that it builds on.
    let baseStage: Int?
    /// The `FROM` instruction.
    let from: Instruction
    var instructions: [Instruction] = []
  }

  /// Text after variables were put in.
  struct Substituted: Sendable, Hashable {
    var text: String
    /// False where the value of a variable is not in the file.
    var isKnown: Bool
  }

  var stages: [Stage] = []
  /// Instructions before the first `FROM`: `ARG` alone by the rules.
  var preamble: [Instruction] = []

  /// The stages that make up the last one: itself first, then what it builds on.
  var finalChain: [Stage] {
    var chain: [Stage] = []
    var index = stages.indices.last
    while let current = index, stages.indices.contains(current) {
      chain.append(stages[current])
      // A base is always an earlier stage, so this ends.
      index = stages[current].baseStage.flatMap { $0 < current ? $0 : nil }
    }
    return chain
  }

  /// Numbers of the stages of `finalChain`.
  var finalChainIndexes: Set<Int> {
    var result: Set<Int> = []
    var index = stages.indices.last
    while let current = index, stages.indices.contains(current) {
      result.insert(current)
      index = stages[current].baseStage.flatMap { $0 < current ? $0 : nil }
    }
    return result
  }

  /// The last instruction of a kind that holds in the final image.
  func lastInChain(_ keyword: String) -> Instruction? {
    for stage in finalChain {
      if let found = stage.instructions.last(where: { $0.keyword == keyword }) { return found }
    }
    return nil
  }

  /// Variables with the values that the file gives them: `ARG` defaults and `ENV`.
  private(set) var variables: [String: String] = [:]

  /// Replaces `$NAME`, `${NAME}`, `${NAME:-default}` by what the file says.
  func substituted(_ text: String) -> Substituted { VariableText.substitute(text, variables) }
}

extension Dockerfile {
  /// Reads any bytes. Linear in their number.
  init(_ bytes: [UInt8]) {
    var stageNumbers: [String: Int] = [:]
    var reader = DockerfileReader(bytes)
    for instruction in reader.instructions() {
      let key = instruction.keyword
      if key == "ARG" || key == "ENV" {
        for pair in instruction.pairs {
          guard let value = pair.value else { continue }
          let known = substituted(value.text)
          if known.isKnown, variables.count < 4096 { variables[pair.name] = known.text }
        }
      }
      if key == "FROM" {
        let stage = makeStage(instruction, stageNumbers)
        if let name = stage.name { stageNumbers[name] = stages.count }
        stages.append(stage)
      } else if stages.isEmpty {
        preamble.append(instruction)
      } else {
        stages[stages.count - 1].instructions.append(instruction)
      }
    }
  }

  private func makeStage(_ instruction: Instruction, _ numbers: [String: Int]) -> Stage {
    let words = instruction.words.filter { !$0.text.hasPrefix("--") }
    let base = substituted(words.first?.text ?? "")
    let name = words.count >= 3 && words[1].text.lowercased() == "as" ? words[2].text.lowercased() : nil
    return Stage(name: name, base: base, baseStage: numbers[base.text.lowercased()], from: instruction)
  }
}

extension Dockerfile.Instruction {
  /// The arguments split at white space, quotes taken off.
  var words: [ShellWord] { WordReader.words(arguments) }

  /// The arguments without leading `--flag=value` words.
  var argumentsWithoutFlags: PlacedText {
    let bytes = arguments.bytes
    var index = 0
    while true {
      while index < bytes.count, isBlank(bytes[index]) { index += 1 }
      guard index + 1 < bytes.count, bytes[index] == 0x2D, bytes[index + 1] == 0x2D else { break }
      while index < bytes.count, !isBlank(bytes[index]) { index += 1 }
    }
    return arguments.part(index, bytes.count)
  }

  /// The words of a JSON array (`["uvicorn", "shop:app"]`); nil for shell form.
  var execForm: [ShellWord]? { ExecForm.words(argumentsWithoutFlags) }

  /// The `NAME=value` pairs of `ENV` and `ARG`; the old `ENV NAME value` too.
  var pairs: [(name: String, value: ShellWord?)] {
    let words = words
    guard let first = words.first else { return [] }
    if keyword == "ENV", !first.text.contains("=") {
      guard words.count > 1, let last = words.last else { return [(first.text, nil)] }
      let value = ShellWord(
        text: words.dropFirst().map(\.text).joined(separator: " "),
        range: TextRange(start: first.range.start, end: last.range.end),
        isLiteral: words.dropFirst().allSatisfy(\.isLiteral))
      return [(first.text, value)]
    }
    return words.map { word in
      guard let equals = word.text.firstIndex(of: "=") else { return (word.text, nil) }
      return (
        String(word.text[..<equals]),
        ShellWord(
          text: String(word.text[word.text.index(after: equals)...]), range: word.range, isLiteral: word.isLiteral)
      )
    }
  }

  /// Value of a flag: `--from=build`.
  func flag(_ name: String) -> String? {
    for word in words.prefix(while: { $0.text.hasPrefix("--") }) where word.text.hasPrefix("--\(name)=") {
      return String(word.text.dropFirst(name.count + 3))
    }
    return nil
  }

  /// Servers that `CMD`, `ENTRYPOINT` start.
  var servers: [ServerCommand] {
    if let words = execForm { return ServerCommand.all(in: words) }
    return ServerCommand.all(in: argumentsWithoutFlags)
  }
}

/// Splits a file into instructions.
private struct DockerfileReader {
  private let lines: [FileLine]
  private var index = 0
  private var escape = UInt8(ascii: "\\")
  /// Last line with this text: a heredoc whose end never comes is none.
  private lazy var lastLine: [[UInt8]: Int] = {
    var result: [[UInt8]: Int] = [:]
    for (number, line) in lines.enumerated() where line.bytes.count <= 128 { result[Array(line.trimmed)] = number }
    return result
  }()

  init(_ bytes: [UInt8]) {
    lines = FileLine.lines(of: bytes)
    readDirectives()
  }

  /// `# escape=…` stands before everything else.
  private mutating func readDirectives() {
    for line in lines {
      let text = line.trimmed
      guard text.first == UInt8(ascii: "#") else { return }
      let directive = String(decoding: text.dropFirst(), as: UTF8.self).lowercased().filter { $0 != " " }
      if directive.hasPrefix("escape=") {
        if directive.hasSuffix("`") { escape = UInt8(ascii: "`") }
      } else if !directive.contains("=") {
        return
      }
    }
  }

  mutating func instructions() -> [Dockerfile.Instruction] {
    var result: [Dockerfile.Instruction] = []
    while index < lines.count {
      let line = lines[index].trimmed
      if line.isEmpty || line.first == UInt8(ascii: "#") {
        index += 1
      } else {
        result.append(instruction())
      }
    }
    return result
  }

  private mutating func instruction() -> Dockerfile.Instruction {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = []
    while index < lines.count {
      let line = lines[index]
      let trimmed = line.trimmed
      index += 1
      // Comment lines and empty lines between the parts of one instruction are left out.
      if !bytes.isEmpty, trimmed.isEmpty || trimmed.first == UInt8(ascii: "#") { continue }
      var content = bytes.isEmpty ? trimmed : line.bytes
      while let last = content.last, isBlank(last) { content.removeLast() }
      let continues = content.last == escape
      if continues { content.removeLast() }
      for (position, byte) in zip(content.indices, content) {
        bytes.append(byte)
        offsets.append(UInt32(clamping: line.start + position - line.bytes.startIndex))
      }
      if !continues { break }
    }
    let text = PlacedText(bytes, offsets: offsets)
    let keywordEnd = bytes.firstIndex(where: isBlank) ?? bytes.count
    let keyword = String(decoding: bytes[..<keywordEnd], as: UTF8.self).uppercased()
    var start = keywordEnd
    while start < bytes.count, isBlank(bytes[start]) { start += 1 }
    let arguments = text.part(start, bytes.count)
    return Dockerfile.Instruction(
      keyword: keyword, arguments: arguments, heredocs: heredocs(of: keyword, arguments), range: text.range)
  }

  private mutating func heredocs(of keyword: String, _ arguments: PlacedText) -> [PlacedText] {
    guard ["RUN", "COPY", "ADD"].contains(keyword) else { return [] }
    return heredocDelimiters(arguments.bytes).compactMap { delimiter in
      guard let end = lastLine[delimiter], end >= index, let first = lines.indices.contains(index) ? lines[index] : nil
      else { return nil }
      var bytes: [UInt8] = []
      while index < lines.count, !lines[index].trimmed.elementsEqual(delimiter) {
        let line = lines[index]
        // Offsets stay contiguous: gaps left by `\r` are filled.
        while first.start + bytes.count < line.start { bytes.append(UInt8(ascii: "\n")) }
        bytes += line.bytes
        index += 1
      }
      index += 1
      return PlacedText(bytes, from: first.start)
    }
  }

  /// The words after `<<` and `<<-` outside quotes.
  private func heredocDelimiters(_ bytes: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var index = 0
    var quote: UInt8?
    while index < bytes.count, result.count < 16 {
      let byte = bytes[index]
      index += 1
      if byte == 0x22 || byte == 0x27 {
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      }
      guard quote == nil, byte == 0x3C, index < bytes.count, bytes[index] == 0x3C else { continue }
      index += 1
      if index < bytes.count, bytes[index] == 0x3C {
        index += 1
        continue
      }
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
      var word: [UInt8] = []
      while index < bytes.count, isNameByte(bytes[index]) || bytes[index] == 0x22 || bytes[index] == 0x27 {
        if isNameByte(bytes[index]) { word.append(bytes[index]) }
        index += 1
      }
      if !word.isEmpty { result.append(word) }
    }
    return result
  }
}
