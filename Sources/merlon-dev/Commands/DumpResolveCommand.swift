import ArgumentParser
import MerlonProgram

/// `merlon-dev dump resolve`: where installed packages define names.
struct DumpResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Print where installed packages define names, re-exports followed.",
    discussion: """
      Names are given as `module:attribute`. Each line of the output is a JSON object with `name` and `definitions`; \
      of each definition `kind`, `path`, `module`, `qualifiedName`, `line`, `firstLine` (of the first decorator) and \
      `order` (of a class, its method resolution order).
      """)

  @Option(help: "Directory in which packages lie, as in sys.path; may be given several times.")
  var searchPath: [String]

  @Option(help: "File with one name a line; `-` reads the list from standard input.")
  var namesFrom: String

  func run() throws {
    let installed = InstalledPackages(searchPath: searchPath) { path in try? readFile(path) }
    let program = Program(files: [], options: ProgramOptions(installed: installed))
    var output = ByteOutput(descriptor: 1)
    var input = FileArguments()
    input.files = []
    input.filesFrom = namesFrom
    for name in try input.paths() {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      output.append("{\"name\": ")
      output.append(jsonString: name)
      output.append(", \"definitions\": [")
      for (index, found) in program.installedDefinitions(of: parts[1], in: parts[0]).enumerated() {
        if index > 0 { output.append(", ") }
        append(found, to: &output)
      }
      output.append("]}\n")
    }
    output.flush()
  }

  private func append(_ found: InstalledDefinition, to output: inout ByteOutput) {
    output.append("{\"kind\": \"\(found.kind.rawValue)\", \"path\": ")
    output.append(jsonString: found.path)
    output.append(", \"module\": ")
    output.append(jsonString: found.module)
    output.append(", \"qualifiedName\": ")
    output.append(jsonString: found.qualifiedName)
    output.append(", \"line\": \(found.line), \"firstLine\": \(found.firstLine), \"order\": [")
    for (index, name) in found.order.enumerated() {
      if index > 0 { output.append(", ") }
      output.append(jsonString: name)
    }
    output.append("]}")
  }
}
