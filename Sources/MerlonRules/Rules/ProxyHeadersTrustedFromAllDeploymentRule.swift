import MerlonBase
import MerlonCatalog

/// Looks for command lines and variables that make a server believe `X-Forwarded-For` from anyone.
struct ProxyHeadersTrustedFromAllDeploymentRule: DeploymentRule {
  static let weakness = Weakness.proxyHeadersTrustedFromAll

  private static let variables: Set<String> = ["FORWARDED_ALLOW_IPS", "UVICORN_FORWARDED_ALLOW_IPS"]
  private static let message =
    "proxy headers are believed from every address: a caller can choose its own client address"

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    var found: [(value: ShellWord, place: Place, confidence: Confidence)] = []
    for server in context.content.servers {
      let command = server.command
      if command.options["no-proxy-headers"] != nil || command.options["uds"] != nil { continue }
      if command.host?.hasPrefix("unix:") == true { continue }
      let option = command.options["forwarded-allow-ips"]?.value
      let variable = command.environment.first { Self.variables.contains($0.name) }?.value
      guard let value = option ?? variable, Self.trustsAll(value.text) else { continue }
      found.append((value, server.place, Self.confidence(server.place, isLocalOnly: command.isLocalOnly)))
    }
    // A variable of a script serves several commands: the one that matters most speaks.
    for (value, place, confidence) in found.sorted(by: { $0.confidence > $1.confidence }) {
      context.report(
        Self.weakness, at: value.range, Self.message, evidence: "\(place.name) forwarded-allow-ips",
        confidence: confidence)
    }
    for placed in context.content.settings where Self.variables.contains(placed.setting.name) {
      guard Self.trustsAll(placed.setting.value) else { continue }
      context.report(
        Self.weakness, at: placed.setting.range, Self.message, evidence: placed.setting.name,
        confidence: Self.confidence(placed.place, isLocalOnly: false))
    }
  }

  /// A server that only a proxy reaches has no one else to believe.
  private static func confidence(_ place: Place, isLocalOnly: Bool) -> Confidence {
    if isLocalOnly || place.exposure == .inner || place.isDevelopment || !place.isFinal { return .low }
    return place.exposure == .published ? .high : .medium
  }

  /// `*` and networks that hold every address; Compose's defaults count.
  private static func trustsAll(_ value: String) -> Bool {
    let text = VariableText.substitute(value, [:]).text
    return text.split(separator: ",").contains { part in
      let address = part.filter { !" '\"".contains($0) }
      return address == "*" || address == "0.0.0.0/0" || address == "::/0"
    }
  }
}
