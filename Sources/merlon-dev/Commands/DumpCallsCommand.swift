import ArgumentParser
import MerlonBase
import MerlonModels
import MerlonProgram
import MerlonPython

/// `merlon-dev dump calls`: what every call of a project runs, as far as Merlon knows.
struct DumpCallsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls",
    abstract: "Print what the calls of a project run.",
    discussion: """
      All files are read as one project; give paths relative to its root. Each line is a JSON object with `path`, \
      `module` (the dotted name) and `calls`, a list of `[line, column, name]` with the canonical dotted name of the \
      callee or null.
      """)

  @OptionGroup var input: FileArguments

  func run() throws {
    let files = try input.paths().map { SourceFile(path: $0, bytes: try readFile($0)) }
    let program = Program(files: files, options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
    var output = ByteOutput(descriptor: 1)
    for module in program.modules {
      let semantics = program.semantics(of: module)
      output.append("{\"path\": ")
      output.append(jsonString: module.path)
      output.append(", \"module\": ")
      output.append(jsonString: module.name)
      output.append(", \"calls\": [")
      var isFirst = true
      module.tree.walk(module.tree.root) { node in
        guard module.tree.kind(node) == .call else { return true }
        let position = module.tree.position(module.tree.range(node).start)
        output.append("\(isFirst ? "" : ", ")[\(position.line), \(position.column), ")
        isFirst = false
        if let target = semantics.resolveCall(node) {
          output.append(jsonString: target.qualifiedName)
        } else {
          output.append("null")
        }
        output.append("]")
        return true
      }
      output.append("]}\n")
    }
    output.flush()
  }
}
