import MerlonBase
import MerlonCatalog

/// Looks for deployments that start what is meant for the desk: reloading servers, `fastapi dev`, debuggers.
struct DevelopmentServerInProductionRule: DeploymentRule {
  static let weakness = Weakness.developmentServerInProduction

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    // A `.env` beside the code is the developer's own, and Makefiles are where his commands belong.
    guard file.kind != .environmentFile else { return }
    for server in context.content.servers where Self.isMeant(server.place, in: file) {
      guard let (word, message) = Self.development(server.command) else { continue }
      context.report(
        Self.weakness, at: word.range, message, evidence: "\(server.place.name) \(server.command.program.rawValue)",
        confidence: Self.confidence(server, in: file))
    }
    for placed in context.content.settings where Self.isMeant(placed.place, in: file) {
      let setting = placed.setting
      guard ["UVICORN_RELOAD", "GRANIAN_RELOAD"].contains(setting.name), Self.isOn(setting.value) else { continue }
      context.report(
        Self.weakness, at: setting.range, "`\(setting.name)` makes the server reload on every change of a file",
        evidence: setting.name, confidence: placed.place.mountsSource ? .low : .high)
    }
  }

  static func isMeant(_ place: Place, in file: DeploymentFile) -> Bool {
    if place.isDevelopment || !place.isFinal { return false }
    return file.kind != .makefile || isForProduction(place.name)
  }

  private static func isForProduction(_ target: String) -> Bool {
    let words = target.lowercased().split { !$0.isLetter }
    return words.contains { ["prod", "production", "deploy", "live"].contains($0) }
  }

  private static func confidence(_ server: PlacedServer, in file: DeploymentFile) -> Confidence {
    // A branch that a setting chooses, and a source tree that is mounted: how people develop in containers.
    if server.command.isConditional || server.place.mountsSource { return .low }
    return file.kind == .shellScript ? .medium : .high
  }

  static func isOn(_ value: String) -> Bool { ["1", "true", "yes", "on", "t", "y"].contains(value.lowercased()) }

  /// The word that makes a command one of development, and what is wrong with it.
  static func development(_ command: ServerCommand) -> (word: ShellWord, message: String)? {
    let program = command.program.rawValue
    for (helper, word) in command.helpers {
      switch helper {
      case .debugger: return (word, "the server runs under a debugger: whoever reaches its port runs code")
      case .reloader(let name): return (word, "`\(name)` restarts the server on every change of a file")
      }
    }
    if command.program == .fastapi, let verb = command.arguments.first, verb.text == "dev" {
      return (verb, "`fastapi dev` is the development server")
    }
    if let reload = command.options["reload"], command.options["no-reload"] == nil,
      reload.value?.text.lowercased() != "false"
    {
      return (reload.word, "`--reload` makes `\(program)` watch the source tree and start anew on every change")
    }
    if let debug = command.options["debug"] { return (debug.word, "`--debug` makes `\(program)` a development server") }
    for (name, value) in command.environment where name == "UVICORN_RELOAD" && isOn(value.text) {
      return (value, "`UVICORN_RELOAD` makes the server reload on every change of a file")
    }
    return nil
  }
}
