import MerlonBase

/// Gives definitions the simplest names that are not ambiguous: `pydantic.json_schema._DefinitionsRemapping`.
struct DefinitionNames {
  private(set) var names: [DefinitionReference: String] = [:]
  private var references: [String: String] = [:]

  /// Most rounds of simplification; two or three are enough for real documents.
  private static let maximumRounds = 100

  /// - Parameters:
  ///   - order: definitions in the order in which they were met, which numbers those that share a qualified name.
  init(
    order: [DefinitionReference], definitions: [DefinitionReference: JSONValue], names: [String: DefinitionName]
  ) {
    let choices = Self.choices(order, names)
    var schemas = definitions
    for _ in 0..<Self.maximumRounds {
      var groups: [String: [DefinitionReference]] = [:]
      for reference in order {
        for choice in choices[reference] ?? [] { groups[choice, default: []].append(reference) }
      }
      var isAmbiguous: [String: Bool] = [:]
      for (choice, members) in groups where members.count > 1 {
        guard let first = members.first.flatMap({ schemas[$0] }) else { continue }
        isAmbiguous[choice] = !members.dropFirst().allSatisfy { schemas[$0]?.isEquivalent(to: first) ?? false }
      }
      var chosen: [DefinitionReference: String] = [:]
      var table: [String: String] = [:]
      for reference in order {
        let all = choices[reference] ?? []
        guard let index = all.firstIndex(where: { isAmbiguous[$0] != true }) else { continue }
        chosen[reference] = all[index]
        let target = DefinitionReference.prefix + all[index]
        table[reference.placeholder] = target
        for alternative in all[index...] { table[DefinitionReference.prefix + alternative] = target }
      }
      var hasChanged = chosen != self.names
      self.names = chosen
      references.merge(table) { _, new in new }
      for reference in order {
        guard let schema = schemas[reference] else { continue }
        let mapped = Self.mapped(schema, table)
        if mapped != schema {
          schemas[reference] = mapped
          hasChanged = true
        }
      }
      if !hasChanged { break }
    }
    // Chains of renamings end in the last name.
    for (from, to) in references {
      var end = to
      for _ in 0..<8 {
        guard let next = references[end], next != end else { break }
        end = next
      }
      references[from] = end
    }
  }

  /// A schema with the final names in its references.
  func apply(to schema: JSONValue) -> JSONValue { Self.mapped(schema, references) }

  private static func choices(
    _ order: [DefinitionReference], _ names: [String: DefinitionName]
  ) -> [DefinitionReference: [String]] {
    var counters: [String: Int] = [:]
    var numbers: [String: Int] = [:]
    var choices: [DefinitionReference: [String]] = [:]
    for reference in order {
      guard let name = names[reference.key] else { continue }
      let (short, long) = (name.short, name.long)
      if numbers[reference.key] == nil {
        counters[long, default: 0] += 1
        numbers[reference.key] = counters[long]
      }
      let number = numbers[reference.key] ?? 1
      let suffix = "-" + reference.mode.suffix
      choices[reference] = [
        short, short + suffix, long, long + suffix, long + "__\(number)", long + suffix + "__\(number)",
      ]
    }
    return choices
  }

  private static func mapped(_ value: JSONValue, _ table: [String: String]) -> JSONValue {
    switch value {
    case .string(let text):
      return text.hasPrefix(DefinitionReference.prefix) ? .string(table[text] ?? text) : value
    case .array(let elements): return .array(elements.map { mapped($0, table) })
    case .object(let members):
      return .object(members.map { .init(key: $0.key, value: mapped($0.value, table)) })
    default: return value
    }
  }
}
