import ArgumentParser
import MerlonBase

/// `merlon-dev dump toml`: each value as `{"type": …, "value": …}` in the manner of the toml-test suite, or the error.
struct DumpTOMLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "toml", abstract: "Print TOML files as tagged JSON, one line a file.")

  @Argument(help: "TOML files.") var files: [String]

  func run() throws {
    var output = ByteOutput(descriptor: 1)
    for path in files {
      output.append("{\"path\": ")
      output.append(jsonString: path)
      do {
        append(try readFile(path), to: &output)
      } catch {
        output.append(", \"unreadable\": ")
        output.append(jsonString: error.message)
      }
      output.append("}\n")
    }
    output.flush()
  }

  private func append(_ bytes: [UInt8], to output: inout ByteOutput) {
    do {
      let table = try TOML.parse(bytes)
      output.append(", \"toml\": ")
      append(table, to: &output)
    } catch {
      output.append(", \"error\": {\"line\": \(error.position.line), \"column\": \(error.position.column)")
      output.append(", \"message\": ")
      output.append(jsonString: error.message)
      output.append("}")
    }
  }

  private func append(_ table: TOMLTable, to output: inout ByteOutput) {
    output.append("{")
    for (index, entry) in table.entries.enumerated() {
      if index > 0 { output.append(", ") }
      output.append(jsonString: entry.key)
      output.append(": ")
      append(entry.value, to: &output)
    }
    output.append("}")
  }

  private func append(_ value: TOMLValue, to output: inout ByteOutput) {
    switch value.kind {
    case .string(let text): append("string", text, to: &output)
    case .integer(let number): append("integer", "\(number)", to: &output)
    case .float(let number): append("float", "\(number)", to: &output)
    case .boolean(let flag): append("bool", "\(flag)", to: &output)
    case .date(let text): append("date", text, to: &output)
    case .table(let table): append(table, to: &output)
    case .array(let values):
      output.append("[")
      for (index, element) in values.enumerated() {
        if index > 0 { output.append(", ") }
        append(element, to: &output)
      }
      output.append("]")
    }
  }

  private func append(_ type: String, _ value: String, to output: inout ByteOutput) {
    output.append("{\"type\": \"\(type)\", \"value\": ")
    output.append(jsonString: value)
    output.append("}")
  }
}
