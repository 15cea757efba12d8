import ArgumentParser
import MerlonBase
import MerlonRegex

/// `merlon-dev dump patterns`: how long each regular expression of a file can take, one JSON object a line.
struct DumpPatternsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patterns",
    abstract: "Judge regular expressions, one line a pattern.")

  @Argument(
    help:
      "Files with lines of a use (`match`, `fullMatch`, `search`), flags (of `imsxa`, or `-`) and a pattern as JSON.")
  var files: [String]

  func run() throws {
    var output = ByteOutput(descriptor: 1)
    for path in files {
      for line in String(decoding: try readFile(path), as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let use = PatternUse(rawValue: String(parts[0])),
          let pattern = (try? JSONValue(parsing: Array(parts[2].utf8)))?.string
        else { throw ValidationError("not a use, flags and a pattern: \(line)") }
        append(PatternJudge.judge(pattern, flags: Self.flags(parts[1]), use: use), to: &output)
      }
    }
    output.flush()
  }

  private static func flags(_ letters: Substring) -> PatternFlags {
    var flags: PatternFlags = []
    if letters.contains("i") { flags.insert(.ignoreCase) }
    if letters.contains("m") { flags.insert(.multiLine) }
    if letters.contains("s") { flags.insert(.dotAll) }
    if letters.contains("x") { flags.insert(.verbose) }
    if letters.contains("a") { flags.insert(.ascii) }
    return flags
  }

  private func append(_ verdict: PatternVerdict, to output: inout ByteOutput) {
    switch verdict {
    case .harmless: output.append("{\"verdict\": \"harmless\"}\n")
    case .notJudged(let reason):
      output.append("{\"verdict\": \"notJudged\", \"reason\": ")
      output.append(jsonString: reason)
      output.append("}\n")
    case .exponential(let attack): append("exponential", degree: 0, attack, to: &output)
    case .polynomial(let degree, let attack): append("polynomial", degree: degree, attack, to: &output)
    }
  }

  private func append(_ verdict: String, degree: Int, _ attack: PatternAttack, to output: inout ByteOutput) {
    output.append("{\"verdict\": \"\(verdict)\", \"degree\": \(degree), \"part\": ")
    output.append(jsonString: attack.ambiguousPart)
    output.append(", \"suffix\": ")
    output.append(jsonString: attack.suffix)
    output.append(", \"segments\": [")
    for (index, segment) in attack.segments.enumerated() {
      output.append(index == 0 ? "[" : ", [")
      output.append(jsonString: segment.lead)
      output.append(", ")
      output.append(jsonString: segment.pump)
      output.append("]")
    }
    output.append("]}\n")
  }
}
