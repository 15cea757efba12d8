import MerlonBase

extension Weakness {
  /// The weakness with this id (`MRL101`) or name (`jwt-signature-not-verified`); letter case does not matter.
  package static func find(_ idOrName: String) -> Weakness? {
    byKey[idOrName.lowercased()]
  }

  /// The id or name that was probably meant by one that `find` does not know.
  package static func nearestName(to idOrName: String) -> String? {
    // Ids differ by a digit from many others, so a wrong digit has no nearest.
    Nearest.match(for: idOrName, among: all.map(\.name))
  }

  private static let byKey: [String: Weakness] = {
    var table: [String: Weakness] = [:]
    for weakness in all {
      table[weakness.id.lowercased()] = weakness
      table[weakness.name] = weakness
    }
    return table
  }()

  /// What the weakness is about.
  package var family: WeaknessFamily? { WeaknessFamily(id: id) }
}

/// The families of weaknesses, by the hundreds of their ids.
package enum WeaknessFamily: Int, Sendable, Hashable, CaseIterable {
  case authentication = 1
  case authorization = 2
  case input = 3
  case exposure = 4
  case configuration = 5
  case dependencies = 6
  case secrets = 7
  case resources = 8
  case inventory = 9

  /// Nil for what is no id.
  package init?(id: String) {
    let digits = id.utf8.dropFirst(3)
    guard id.hasPrefix("MRL"), digits.count == 3, let first = digits.first else { return nil }
    self.init(rawValue: Int(first) - 0x30)
  }

  package var title: String {
    switch self {
    case .authentication: "Authentication and sessions"
    case .authorization: "Authorisation"
    case .input: "Injection and unsafe input"
    case .exposure: "Data exposure, errors and logging"
    case .configuration: "Configuration, headers and transport"
    case .dependencies: "Dependencies"
    case .secrets: "Secrets and cryptography"
    case .resources: "Resource use and business flows"
    case .inventory: "API inventory"
    }
  }
}
