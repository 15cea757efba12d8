import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for guarded operations whose address an earlier, weaker one answers.
struct GuardedRouteShadowedRule: ModelRule {
  static let weakness = Weakness.guardedRouteShadowed

  func check(_ model: APIModel, in context: ModelContext) {
    let byApplication = Dictionary(grouping: context.operations, by: \.applicationIndex)
    for (_, operations) in byApplication.sorted(by: { $0.key < $1.key }) {
      let served = operations.filter(AccessFacts.counts)
      for (index, later) in served.enumerated() where later.access.level.strength > 0 {
        guard
          let earlier = served[..<index].first(where: { shadows($0, later) }),
          earlier.access.level.strength < later.access.level.strength, earlier.access.level != .unknown
        else { continue }
        context.report(
          Self.weakness, on: earlier,
          "`\(earlier.title)` answers for `\(later.title)`, which \(AccessFacts.asks(later)), and asks for less",
          subject: later.title, effects: earlier.effects, siblings: [(later, "is never reached")])
      }
    }
  }

  private func shadows(_ earlier: Operation, _ later: Operation) -> Bool {
    guard earlier.route.kind == later.route.kind, earlier.route.mountedAt == later.route.mountedAt,
      earlier.route.conditions.isEmpty, later.route.conditions.isEmpty,
      earlier.route.kind == .websocket || !Set(earlier.route.methods).isDisjoint(with: later.route.methods),
      earlier.route.endpoint != later.route.endpoint
    else { return false }
    return covers(earlier.route, later.route.path)
  }

  /// True when the earlier template matches every address of the later one and its handler accepts it.
  private func covers(_ route: Route, _ path: String) -> Bool {
    let template = route.path.split(separator: "/", omittingEmptySubsequences: false)
    let target = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !route.path.contains("{?"), !path.contains("{?") else { return false }
    var isWider = false
    for (index, part) in template.enumerated() {
      guard index < target.count else { return false }
      if part.hasPrefix("{"), part.hasSuffix("}") {
        let inside = part.dropFirst().dropLast().split(separator: ":", maxSplits: 1)
        let name = String(inside.first ?? "")
        let convertor = inside.count > 1 ? inside[1] : ""
        if convertor == "path" { return true }
        if target[index].hasPrefix("{") { continue }
        guard convertor.isEmpty || convertor == "str" else { return false }
        // A number or a closed set refuses the other address with 422: nothing is reached.
        let parameter = route.parameters.first { $0.place == .path && ($0.alias == name || $0.name == name) }
        guard parameter.map({ $0.content == .text || $0.content == .anything }) ?? true else { return false }
        isWider = true
      } else if part != target[index] {
        return false
      }
    }
    return template.count == target.count && (isWider || route.path == path)
  }
}

extension AccessRequirement.Level {
  /// 0 for anyone, more the fewer may call.
  var strength: Int {
    switch self {
    case .anonymous: 0
    case .unknown, .authenticated: 1
    case .authorized, .owner: 2
    }
  }
}
