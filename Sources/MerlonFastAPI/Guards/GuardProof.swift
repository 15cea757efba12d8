import MerlonAPI
import MerlonProgram

/// What is certain about a request at one point of the code: what it could not have got here without.
struct GuardProof: Hashable, Sendable {
  /// Kinds of checks that were passed.
  struct Checks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let authentication = Checks(rawValue: 1 << 0)
    static let authorization = Checks(rawValue: 1 << 1)
    static let ownership = Checks(rawValue: 1 << 2)
    static let origin = Checks(rawValue: 1 << 3)
    /// A credential went into code that could not be read and that may have verified it.
    static let possibleAuthentication = Checks(rawValue: 1 << 4)
    static let rate = Checks(rawValue: 1 << 5)
  }

  var checks: Checks
  /// Roles, scopes and permissions that were compared; alternatives stand in one text, joined by `|`.
  var requirements: Set<String>
  /// True for points that no request reaches: everything holds there.
  var isUnreachable = false

  static let nothing = GuardProof([])
  static let everything = GuardProof(unreachable: true)

  init(_ checks: Checks, requirements: Set<String> = []) {
    self.checks = checks
    self.requirements = requirements
  }

  private init(unreachable: Bool) {
    self.init([])
    isUnreachable = unreachable
  }

  var isEmpty: Bool { checks.isEmpty && !isUnreachable }

  func contains(_ check: Checks) -> Bool { isUnreachable || checks.contains(check) }

  /// What holds where both hold.
  func and(_ other: GuardProof) -> GuardProof {
    if isUnreachable || other.isUnreachable { return .everything }
    return GuardProof(checks.union(other.checks), requirements: requirements.union(other.requirements))
  }

  /// What holds where one of the two holds.
  func or(_ other: GuardProof) -> GuardProof {
    if isUnreachable { return other }
    if other.isUnreachable { return self }
    var common = checks.intersection(other.checks)
    // Whether the unread code verified anything decides nothing where the other way has verified it.
    let either = checks.union(other.checks)
    if either.contains(.possibleAuthentication),
      contains(.possibleAuthentication) || contains(.authentication),
      other.contains(.possibleAuthentication) || other.contains(.authentication)
    {
      common.insert(.possibleAuthentication)
    }
    // "Its owner or an administrator": the object decides for all who have no role.
    let pair: Checks = [.ownership, .authorization]
    if !checks.isDisjoint(with: pair), !other.checks.isDisjoint(with: pair), common.isDisjoint(with: pair) {
      common.insert(.ownership)
    }
    var shared: Set<String> = []
    if common.contains(.authorization) {
      shared = requirements.intersection(other.requirements)
      let left = requirements.subtracting(shared)
      let right = other.requirements.subtracting(shared)
      if !left.isEmpty, !right.isEmpty {
        shared.insert(
          Set((left.sorted() + right.sorted()).flatMap { $0.split(separator: "|").map(String.init) })
            .sorted().joined(separator: "|"))
      }
    }
    return GuardProof(common, requirements: shared)
  }
}

/// Where a condition stands. Equal to every other place: the same question asked twice is one condition.
struct ConditionPlace: Hashable, Sendable {
  let definition: Definition

  init(_ definition: Definition) { self.definition = definition }

  static func == (left: ConditionPlace, right: ConditionPlace) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}

/// A condition on what a request asks for, or on the configuration: who asks takes no part in it.
indirect enum RequestCondition: Hashable, Sendable {
  /// The path (or another part that `subject` names) compared with constants; nil texts are not known.
  case path(PathExemption.Match, [String]?, subject: String, place: ConditionPlace)
  case method([String], place: ConditionPlace)
  /// The kind of connection: `http`, `websocket`, `lifespan`.
  case connection([String])
  /// A setting that is on (set, true, not `None`); nil where the default is not known.
  case setting(String, isOnByDefault: Bool?, place: ConditionPlace)
  case not(RequestCondition)
  case any([RequestCondition])
  case all([RequestCondition])

  var negated: RequestCondition {
    if case .not(let inner) = self { return inner }
    return .not(self)
  }

  /// Whether the condition holds with the settings that the code falls back to; nil when that is not known or depends
  /// on the request.
  var defaultTruth: Bool? {
    switch self {
    case .path, .method, .connection: nil
    case .setting(_, let isOn, _): isOn
    case .not(let inner): inner.defaultTruth.map { !$0 }
    case .any(let parts):
      parts.contains { $0.defaultTruth == true } ? true : parts.allSatisfy { $0.defaultTruth == false } ? false : nil
    case .all(let parts):
      parts.contains { $0.defaultTruth == false } ? false : parts.allSatisfy { $0.defaultTruth == true } ? true : nil
    }
  }

  var isAboutRequest: Bool {
    switch self {
    case .path, .method, .connection: true
    case .setting: false
    case .not(let inner): inner.isAboutRequest
    case .any(let parts), .all(let parts): parts.contains(where: \.isAboutRequest)
    }
  }

  var isAboutSettings: Bool {
    switch self {
    case .path, .method, .connection: false
    case .setting: true
    case .not(let inner): inner.isAboutSettings
    case .any(let parts), .all(let parts): parts.contains(where: \.isAboutSettings)
    }
  }

  /// The setting that decides, for messages.
  var settingPlace: (name: String, place: Definition)? {
    switch self {
    case .path, .method, .connection: return nil
    case .setting(let name, _, let place): return (name, place.definition)
    case .not(let inner): return inner.settingPlace
    case .any(let parts), .all(let parts):
      for part in parts { if let found = part.settingPlace { return found } }
      return nil
    }
  }
}

/// The requests (or configurations) for which some conditions hold, with what is certain about them.
struct GuardWorld: Hashable, Sendable {
  let conditions: [RequestCondition]
  var proof: GuardProof
  // Worlds are compared far more often than made, so what is asked of their conditions is worked out once.
  /// False for configurations other than the one that the code falls back to.
  let isDefault: Bool
  let isAboutRequest: Bool
  /// One number for each condition, equal for equal ones.
  private let marks: [Int]

  init(conditions: [RequestCondition], proof: GuardProof) {
    self.conditions = conditions
    self.proof = proof
    isDefault = !conditions.contains { $0.defaultTruth == false }
    isAboutRequest = conditions.contains(where: \.isAboutRequest)
    marks = conditions.map(\.hashValue)
  }

  /// The same world with one more condition.
  init(_ world: GuardWorld, adding condition: RequestCondition) {
    conditions = world.conditions + [condition]
    proof = world.proof
    isDefault = world.isDefault && condition.defaultTruth != false
    isAboutRequest = world.isAboutRequest || condition.isAboutRequest
    marks = world.marks + [condition.hashValue]
  }

  var requestConditions: Set<RequestCondition> { Set(conditions.filter(\.isAboutRequest)) }

  func hasSameConditions(as other: GuardWorld) -> Bool { marks == other.marks && conditions == other.conditions }

  /// The conditions without the one in which alone the two differ, where it is the opposite of the other's.
  func conditionsWithoutOpposite(in other: GuardWorld) -> [RequestCondition]? {
    guard marks.count == other.marks.count else { return nil }
    var own: Int?
    var theirs: Int?
    for index in marks.indices where !other.marks.contains(marks[index]) {
      if own != nil { return nil }
      own = index
    }
    for index in marks.indices where !marks.contains(other.marks[index]) {
      if theirs != nil { return nil }
      theirs = index
    }
    guard let own, let theirs, conditions[own] == other.conditions[theirs].negated else { return nil }
    var rest = conditions
    rest.remove(at: own)
    return rest
  }
}

/// All that may run at one point, split by conditions. Empty where nothing runs.
struct GuardWorlds: Hashable, Sendable {
  /// Most worlds that are kept apart; beyond, all are taken together.
  static let limit = 24

  private(set) var worlds: [GuardWorld]

  static let start = GuardWorlds([GuardWorld(conditions: [], proof: .nothing)])
  static let none = GuardWorlds([])

  init(_ worlds: [GuardWorld]) { self.worlds = worlds }

  var isReachable: Bool { !worlds.isEmpty }

  /// The worlds of the default configuration. Requests that all of them refuse are judged by the others: nobody gets
  /// on there before it is configured.
  var live: [GuardWorld] {
    guard worlds.contains(where: { !$0.isDefault }) else { return worlds }
    var reached: Set<Set<RequestCondition>> = []
    for world in worlds where world.isDefault { reached.insert(world.requestConditions) }
    return worlds.filter { $0.isDefault || !reached.contains($0.requestConditions) }
  }

  /// What is certain for all requests, with the default configuration.
  var proof: GuardProof { live.reduce(GuardProof.everything) { $0.or($1.proof) } }

  mutating func add(_ proof: GuardProof) {
    if proof.isUnreachable {
      worlds = []
    } else if !proof.isEmpty {
      for index in worlds.indices { worlds[index].proof = worlds[index].proof.and(proof) }
    }
  }

  /// The requests for which a condition holds too.
  func narrowed(to condition: RequestCondition) -> GuardWorlds {
    let opposite = condition.negated
    var result: [GuardWorld] = []
    for world in worlds {
      if world.conditions.contains(opposite) { continue }
      let isNew = world.conditions.count < 8 && !world.conditions.contains(condition)
      result.append(isNew ? GuardWorld(world, adding: condition) : world)
    }
    return GuardWorlds(result)
  }

  func joined(_ other: GuardWorlds) -> GuardWorlds {
    if worlds.isEmpty { return other }
    if other.worlds.isEmpty || other == self { return self }
    var result = worlds
    for world in other.worlds {
      if let known = result.firstIndex(where: { $0.hasSameConditions(as: world) }) {
        result[known].proof = result[known].proof.or(world.proof)
      } else {
        result.append(world)
      }
    }
    return GuardWorlds(Self.simplified(result))
  }

  /// Each of these requests under each of those.
  func multiplied(_ other: GuardWorlds) -> GuardWorlds {
    if other.worlds.count == 1, let only = other.worlds.first, only.conditions.isEmpty {
      var result = self
      result.add(only.proof)
      return result
    }
    var result: [GuardWorld] = []
    for left in worlds {
      for right in other.worlds {
        if right.conditions.contains(where: { left.conditions.contains($0.negated) }) { continue }
        let new = right.conditions.filter { !left.conditions.contains($0) }
        result.append(GuardWorld(conditions: left.conditions + new, proof: left.proof.and(right.proof)))
      }
    }
    return GuardWorlds(Self.simplified(result))
  }

  /// Puts worlds together again that differ in one condition and its opposite only, with the same proof.
  private static func simplified(_ worlds: [GuardWorld]) -> [GuardWorld] {
    var worlds = worlds
    var isChanged = true
    while isChanged {
      isChanged = false
      search: for left in worlds.indices {
        for right in worlds.indices where right > left && worlds[left].proof == worlds[right].proof {
          guard let rest = worlds[left].conditionsWithoutOpposite(in: worlds[right]) else { continue }
          worlds[left] = GuardWorld(conditions: rest, proof: worlds[left].proof)
          worlds.remove(at: right)
          if let twin = worlds.indices.first(where: { $0 != left && worlds[$0].hasSameConditions(as: worlds[left]) }) {
            worlds[left].proof = worlds[left].proof.or(worlds[twin].proof)
            worlds.remove(at: twin)
          }
          isChanged = true
          break search
        }
      }
    }
    guard worlds.count > limit else { return worlds }
    return [GuardWorld(conditions: [], proof: worlds.reduce(GuardProof.everything) { $0.or($1.proof) })]
  }
}
