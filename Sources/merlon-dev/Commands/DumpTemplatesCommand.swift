import ArgumentParser
import MerlonTemplates

/// `merlon-dev dump templates`: a line for each variable that a template puts out, with tabs between the parts.
struct DumpTemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Print which variables Jinja2 templates put out, where and how escaped.")

  @Option(help: "Folder that the names of templates start from.") var root: String
  @Argument(help: "Names of templates.") var names: [String]

  func run() throws {
    let reader = TemplateReader { [root] name in
      (try? readFile(root + "/" + name)).map { TemplateFile(path: name, bytes: $0) }
    }
    for name in names {
      for output in reader.outputs(of: name, autoescape: .selected) {
        print(name, output.described, separator: "\t")
      }
    }
  }
}
