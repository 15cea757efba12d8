import ArgumentParser
import MerlonProgram

/// `merlon-dev dump names`: scopes and symbols as CPython's `symtable` lists them.
struct DumpNamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names",
    abstract: "Print the scopes of each file with every name resolved, as CPython's symtable does.",
    discussion: """
      Each line is a JSON object with `path` and `scopes`: a list of `[parent, type, name, line, symbols]`, where \
      `parent` is a position in the list (-1 for the module) and `symbols` maps each name to letters: `R` referenced, \
      `A` assigned, `P` parameter, `I` imported, `N` annotated, `G` declared global, `L` declared nonlocal; then \
      `=l`, `=f`, `=e` or `=g` for local, free, explicitly and implicitly global.
      """)

  @Flag(help: "Merge list, set and dict comprehensions into the scope around them, as Python does since 3.12.")
  var inlineComprehensions = false

  @OptionGroup var input: FileArguments

  func run() throws {
    var output = ByteOutput(descriptor: 1)
    for path in try input.paths() {
      output.append("{\"path\": ")
      output.append(jsonString: path)
      do {
        let file = SourceFile(path: path, bytes: try readFile(path))
        output.append(", \"scopes\": [")
        let program = Program(files: [file])
        let scopes = program.modules.first?.classifiedScopes(inlinesComprehensions: inlineComprehensions) ?? []
        for (index, scope) in scopes.enumerated() { append(scope, isFirst: index == 0, to: &output) }
        output.append("]")
      } catch {
        output.append(", \"unreadable\": ")
        output.append(jsonString: error.message)
      }
      output.append("}\n")
    }
    output.flush()
  }

  private func append(_ scope: ClassifiedScope, isFirst: Bool, to output: inout ByteOutput) {
    output.append(isFirst ? "[" : ", [")
    output.append("\(scope.parent ?? -1), \"\(type(of: scope))\", ")
    output.append(jsonString: scope.name)
    output.append(", \(scope.line), {")
    for (index, symbol) in scope.symbols.values.sorted(by: { $0.name < $1.name }).enumerated() {
      if index > 0 { output.append(", ") }
      output.append(jsonString: symbol.name)
      output.append(": \"\(letters(symbol))\"")
    }
    output.append("}]")
  }

  private func type(of scope: ClassifiedScope) -> String {
    switch scope.kind {
    case .module: "module"
    case .class: "class"
    case .typeParameters: "type parameters"
    case .typeVariable: "type variable"
    case .typeAlias: "type alias"
    default: "function"
    }
  }

  private func letters(_ symbol: ClassifiedSymbol) -> String {
    var text = ""
    if symbol.flags.contains(.referenced) { text += "R" }
    if symbol.flags.contains(.assigned) { text += "A" }
    if symbol.flags.contains(.parameter) { text += "P" }
    if symbol.flags.contains(.imported) { text += "I" }
    if symbol.flags.contains(.annotated) { text += "N" }
    if symbol.flags.contains(.declaredGlobal) || symbol.flags.contains(.globalElsewhere) { text += "G" }
    if symbol.flags.contains(.declaredNonlocal) { text += "L" }
    switch symbol.resolution {
    case .local: return text + "=l"
    case .free: return text + "=f"
    case .globalExplicit: return text + "=e"
    case .globalImplicit: return text + "=g"
    }
  }
}
