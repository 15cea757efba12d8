import ArgumentParser

/// `merlon-dev dump`: what Merlon understood, in a form that another implementation can be compared with.
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Print what Merlon understood of files.",
    subcommands: [
      DumpAPICommand.self, DumpASTCommand.self, DumpCallsCommand.self, DumpEffectsCommand.self,
      DumpFindingsCommand.self, DumpNamesCommand.self,
      DumpOpenAPICommand.self, DumpPatternsCommand.self, DumpResolveCommand.self, DumpTemplatesCommand.self,
      DumpTOMLCommand.self,
    ])
}
