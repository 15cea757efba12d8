import ArgumentParser
import MerlonBase
import MerlonPython

/// `merlon-dev dump ast`: one JSON line for each file, with the text of CPython's `ast.dump`.
struct DumpASTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ast",
    abstract: "Print the syntax tree of each file as CPython's ast.dump does.",
    discussion: """
      Each line is a JSON object with `path` and `ast`, the text of `ast.dump(tree, include_attributes=True)`. \
      What is wrong with a file stands in `error` (the first diagnostic: `line` from 1, `column` in UTF-8 bytes from \
      0, `message`) beside the recovered tree.
      """)

  @Option(help: "Version of Python whose form of `ast.dump` is printed, 3.8 to 3.14.")
  var python = "3.13"

  @Flag(help: "Leave out the positions of nodes inside f-strings (before 3.12 CPython's are inexact).")
  var omitFStringPositions = false

  @OptionGroup var input: FileArguments

  func validate() throws {
    guard pythonMinor != nil else {
      throw ValidationError("unknown Python version `\(python)`; give one from 3.8 to 3.14")
    }
  }

  func run() throws {
    let style = DumpStyle(pythonMinor: pythonMinor ?? 13, positionsInsideFStrings: !omitFStringPositions)
    var output = ByteOutput(descriptor: 1)
    var text: [UInt8] = []
    for path in try input.paths() {
      output.append("{\"path\": ")
      output.append(jsonString: path)
      do {
        let tree = PythonParser.parse(try readFile(path))
        text.removeAll(keepingCapacity: true)
        tree.appendDump(style, to: &text)
        output.append(", \"ast\": ")
        output.append(jsonString: text)
        if let diagnostic = tree.diagnostics.first {
          let position = tree.position(diagnostic.range.start)
          appendError(line: position.line, column: position.column, message: diagnostic.message, to: &output)
        }
      } catch {
        appendError(line: 0, column: 0, message: error.message, to: &output)
      }
      output.append("}\n")
    }
    output.flush()
  }

  private var pythonMinor: Int? {
    let parts = python.split(separator: ".")
    guard parts.count == 2, parts.first == "3", let minor = parts.last.flatMap({ Int($0) }), (8...14).contains(minor)
    else { return nil }
    return minor
  }

  private func appendError(line: Int, column: Int, message: String, to output: inout ByteOutput) {
    output.append(", \"error\": {\"line\": \(line), \"column\": \(column), \"message\": ")
    output.append(jsonString: message)
    output.append("}")
  }
}
