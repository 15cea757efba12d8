import MerlonBase

/// A service of a Compose file, or a container of a Kubernetes workload.
struct ContainerService: Sendable {
  enum Exposure: Sendable, Hashable {
    /// A port is published on all interfaces.
    case published
    /// No port is published, or on this machine alone: only neighbours can connect.
    case inner
    case unknown
  }

  let name: String
  /// Where the service begins: its name.
  let range: TextRange
  let node: YAMLNode
  let image: String?
  let environment: [EnvironmentSetting]
  let exposure: Exposure
  let isDevelopment: Bool
}

/// A variable that a deployment sets for a process.
struct EnvironmentSetting: Sendable {
  let name: String
  /// As it is written, variables of Compose included.
  let value: String
  /// Of the value.
  let range: TextRange
  /// False where a shell or build variable takes part.
  var isLiteral: Bool { !value.contains("$") }
}

/// The services of a Compose file (compose-spec, files of version 2 and 3; version 1 had them at the top).
struct ComposeFile: Sendable {
  let services: [ContainerService]

  /// Nil where the document is no Compose file.
  init?(_ root: YAMLNode, isNamedCompose: Bool) {
    guard let services = root["services"], services.isMapping else { return nil }
    guard
      isNamedCompose
        || services.entries.contains(where: { $0.value["image"] != nil || $0.value["build"] != nil })
    else { return nil }
    self.services = services.entries.prefix(2_000).compactMap { key, node in
      guard let name = key.text, node.isMapping else { return nil }
      return ContainerService(
        name: name, range: key.range, node: node, image: node["image"]?.text, environment: Self.environment(node),
        exposure: Self.exposure(node), isDevelopment: Self.isDevelopment(name, node))
    }
  }

  private static func environment(_ service: YAMLNode) -> [EnvironmentSetting] {
    settings(service["environment"]) + settings(service["build"]?["args"])
  }

  /// `{NAME: value}` and `[NAME=value]`.
  static func settings(_ node: YAMLNode?) -> [EnvironmentSetting] {
    guard let node else { return [] }
    let pairs = node.entries.compactMap { key, value -> EnvironmentSetting? in
      guard let name = key.text, let text = value.text else { return nil }
      return EnvironmentSetting(name: name, value: text, range: value.range)
    }
    let lines = node.items.compactMap { item -> EnvironmentSetting? in
      guard let text = item.text, let equals = text.firstIndex(of: "=") else { return nil }
      return EnvironmentSetting(
        name: String(text[..<equals]), value: String(text[text.index(after: equals)...]), range: item.range)
    }
    return pairs + lines
  }

  private static func isDevelopment(_ name: String, _ node: YAMLNode) -> Bool {
    if DeploymentPurpose.isDevelopment(name: name) { return true }
    if let target = node["build"]?["target"]?.text, DeploymentPurpose.isDevelopment(name: target) { return true }
    let profiles = node["profiles"]?.items.compactMap(\.text) ?? []
    return !profiles.isEmpty && profiles.allSatisfy { DeploymentPurpose.isDevelopment(name: $0) }
  }

  private static func exposure(_ node: YAMLNode) -> ContainerService.Exposure {
    if node["network_mode"]?.text == "host" { return .published }
    let ports = node["ports"]?.items.compactMap(PublishedPort.init) ?? []
    return ports.contains(where: \.isOnAllInterfaces) ? .published : .inner
  }
}

/// An entry of a service's `ports`.
struct PublishedPort: Sendable, Hashable {
  /// Address on the host; nil for all.
  let address: String?
  let published: String?
  /// First and last port of the container.
  let target: ClosedRange<Int>

  var isOnAllInterfaces: Bool {
    guard let address else { return true }
    return ["0.0.0.0", "::", "[::]", "", "*"].contains(address)
  }

  /// Short (`[address:][published:]target[/protocol]`) and long syntax.
  init?(_ node: YAMLNode) {
    if node.isMapping {
      guard let target = node["target"]?.text.flatMap(Self.range) else { return nil }
      self.target = target
      published = node["published"]?.text
      address = node["host_ip"]?.text.map { VariableText.substitute($0, [:]).text }
      return
    }
    guard let text = node.text else { return nil }
    let value = VariableText.substitute(text, [:])
    var parts = Self.parts(value.text)
    guard let last = parts.popLast(), let target = Self.range(String(last.prefix { $0 != "/" })) else { return nil }
    self.target = target
    published = parts.popLast()
    address = parts.isEmpty ? nil : parts.joined(separator: ":")
  }

  /// Cuts at colons outside brackets and braces, so that `[::1]:80:80` and `${IP}:80` stay whole.
  private static func parts(_ text: String) -> [String] {
    var parts = [""]
    var nesting = 0
    for character in text {
      if character == "[" || character == "{" { nesting += 1 }
      if character == "]" || character == "}" { nesting -= 1 }
      if character == ":", nesting <= 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let bounds = text.split(separator: "-").map { Int($0) }
    guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, (1...65_535).contains(first), last >= first,
      last <= 65_535
    else { return nil }
    return first...last
  }
}
