import MerlonBase
import MerlonCatalog

/// Looks for scripts of development whose reloading server everyone in the network reaches.
///
/// What is meant for production is `development-server-in-production` already; a container has to listen on all of its
/// interfaces.
struct ReloadOnAllInterfacesDeploymentRule: DeploymentRule {
  static let weakness = Weakness.reloadOnAllInterfaces

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    guard [.shellScript, .procfile, .systemdUnit, .makefile].contains(file.kind) else { return }
    for server in context.content.servers {
      let command = server.command
      if DevelopmentServerInProductionRule.isMeant(server.place, in: file) { continue }
      guard command.listensOnAllInterfaces, let (word, _) = DevelopmentServerInProductionRule.development(command)
      else { continue }
      context.report(
        Self.weakness, at: word.range, "the server reloads on every change of a file and listens on all interfaces",
        evidence: "\(server.place.name) \(command.program.rawValue)",
        confidence: command.isConditional || isForContainer(file.path) ? .low : .medium)
    }
  }

  private func isForContainer(_ path: String) -> Bool {
    let words = path.lowercased().split { !($0.isLetter || $0.isNumber) }
    return words.contains { ["docker", "compose", "container", "entrypoint", "devcontainer", "k8s"].contains($0) }
  }
}
