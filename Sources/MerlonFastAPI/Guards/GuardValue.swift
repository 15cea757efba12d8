import MerlonAPI
import MerlonProgram
import MerlonPython

/// What a value of the code has to do with who is asking.
struct GuardLabels: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  // Parts of the request.
  static let request = GuardLabels(rawValue: 1 << 0)
  static let headers = GuardLabels(rawValue: 1 << 1)
  static let cookies = GuardLabels(rawValue: 1 << 2)
  static let query = GuardLabels(rawValue: 1 << 3)
  static let session = GuardLabels(rawValue: 1 << 4)
  static let state = GuardLabels(rawValue: 1 << 5)
  static let url = GuardLabels(rawValue: 1 << 6)
  static let path = GuardLabels(rawValue: 1 << 7)
  static let method = GuardLabels(rawValue: 1 << 8)
  static let connection = GuardLabels(rawValue: 1 << 9)
  /// What a WebSocket sent.
  static let message = GuardLabels(rawValue: 1 << 10)

  /// Anything that a caller chooses.
  static let input = GuardLabels(rawValue: 1 << 11)
  /// A caller's proof of identity that nobody has verified yet.
  static let credential = GuardLabels(rawValue: 1 << 12)
  /// The caller, as a verified credential tells.
  static let principal = GuardLabels(rawValue: 1 << 13)
  /// A role, scope or permission of the caller.
  static let role = GuardLabels(rawValue: 1 << 14)
  /// An id of the caller.
  static let identity = GuardLabels(rawValue: 1 << 15)
  /// Comes from a store or another service.
  static let stored = GuardLabels(rawValue: 1 << 16)
  /// The field of a stored object that names its owner.
  static let owner = GuardLabels(rawValue: 1 << 17)
  /// Made of settings and constants only.
  static let setting = GuardLabels(rawValue: 1 << 18)
  /// `Origin`, `Referer` and CSRF tokens.
  static let origin = GuardLabels(rawValue: 1 << 19)
  /// The rest of the application (`call_next`, `self.app`, the function that a decorator wraps).
  static let next = GuardLabels(rawValue: 1 << 20)
  /// `SecurityScopes`, or its list.
  static let scopes = GuardLabels(rawValue: 1 << 21)
  /// An answer that refuses.
  static let refusal = GuardLabels(rawValue: 1 << 22)
  /// The scheme of an `Authorization` header.
  static let scheme = GuardLabels(rawValue: 1 << 23)
  /// `**kwargs` of a wrapper, which hold the parameters of what it wraps.
  static let keywords = GuardLabels(rawValue: 1 << 24)
  /// The status of an answer of another service.
  static let status = GuardLabels(rawValue: 1 << 25)
  /// A clause of a query, or a query or its result that clauses bind.
  static let clause = GuardLabels(rawValue: 1 << 27)
  /// An answer object of the application.
  static let answer = GuardLabels(rawValue: 1 << 26)

  static let containers: GuardLabels = [
    .request, .headers, .cookies, .query, .session, .state, .url, .keywords, .next,
  ]
  /// What stays on a value that is made of another one.
  static let kept: GuardLabels = [
    .input, .credential, .principal, .role, .identity, .stored, .origin, .path, .method, .message, .scopes,
  ]
}

/// Places that credentials come from.
struct CredentialSources: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(_ source: CredentialSource) {
    let position = CredentialSource.allCases.firstIndex(of: source) ?? 0
    self.init(rawValue: 1 << UInt16(position))
  }

  var all: Set<CredentialSource> {
    Set(CredentialSource.allCases.filter { contains(CredentialSources($0)) })
  }
}

/// A thing that can be called, with what it has captured.
indirect enum GuardCallable: Hashable, Sendable {
  case function(Definition, captured: [String: GuardValue], receiver: GuardValue?)
  case classObject(Definition)
  /// An object of a project's class with the attributes that its constructor set.
  case instance(Definition, attributes: [String: GuardValue])
  /// A thing of a library by canonical name.
  case library(String)
  /// An object of a library's class.
  case libraryInstance(String, isOptional: Bool)
  /// A callable of a library that lets nobody on without what `proof` says.
  case authenticator(GuardProof, isOptional: Bool)
}

/// What is known of the value of an expression, as far as access decisions go.
struct GuardValue: Hashable, Sendable {
  var labels: GuardLabels = []
  var sources: CredentialSources = []
  /// What is certain where the value is true, or anything but `None`.
  var whenTrue = GuardProof.nothing
  /// What is certain where the value is false or `None`.
  var whenFalse = GuardProof.nothing
  /// Nil when not known.
  var isTrue: Bool?
  var isNone: Bool?
  var constant: ConstantValue?
  /// The value is true exactly where this holds.
  var condition: RequestCondition?
  var callables: [GuardCallable] = []
  /// Elements of a tuple or list display.
  var elements: [GuardValue]?

  static let unknown = GuardValue()

  init() {}

  init(_ labels: GuardLabels, sources: CredentialSources = []) {
    self.labels = labels
    self.sources = sources
  }

  init(constant: ConstantValue) {
    self.constant = constant
    isTrue = constant.isTrue
    isNone = constant == .none
    if isTrue == false { whenTrue = .everything }
    if isTrue == true { whenFalse = .everything }
  }

  init(callable: GuardCallable) {
    callables = [callable]
    isTrue = true
    isNone = false
    whenFalse = .everything
  }

  func has(_ labels: GuardLabels) -> Bool { !self.labels.isDisjoint(with: labels) }

  /// The same value where it is known to be true (`isTrue`) or not.
  func refined(isTrue: Bool) -> GuardValue {
    var result = self
    result.isTrue = isTrue
    if isTrue {
      result.isNone = false
      result.whenFalse = .everything
      result.condition = nil
    } else {
      result.whenTrue = .everything
      result.condition = nil
    }
    return result
  }

  /// A value that is made of this one: its labels, without what it was.
  var derived: GuardValue {
    var result = GuardValue(labels.intersection(.kept), sources: sources)
    if has(.setting) { result.labels.insert(.setting) }
    return result
  }

  /// What the value is at a place that two ways lead to.
  ///
  /// What is certain on a way is certain wherever the value proves that this way was taken.
  static func joined(
    _ left: GuardValue, under leftProof: GuardProof, _ right: GuardValue, under rightProof: GuardProof
  ) -> GuardValue {
    if left == right, left.whenTrue.isEmpty || leftProof == rightProof { return left }
    var result = GuardValue(left.labels.union(right.labels), sources: left.sources.union(right.sources))
    if !(left.has(.setting) && right.has(.setting)) { result.labels.remove(.setting) }
    result.whenTrue = left.trueProof(under: leftProof).or(right.trueProof(under: rightProof))
    result.whenFalse = left.falseProof(under: leftProof).or(right.falseProof(under: rightProof))
    result.isTrue = left.isTrue == right.isTrue ? left.isTrue : nil
    result.isNone = left.isNone == right.isNone ? left.isNone : nil
    result.constant = left.constant == right.constant ? left.constant : nil
    result.condition = left.condition == right.condition ? left.condition : nil
    result.callables = left.callables
    for callable in right.callables where !result.callables.contains(callable) && result.callables.count < 4 {
      result.callables.append(callable)
    }
    if let leftElements = left.elements, let rightElements = right.elements, leftElements.count == rightElements.count {
      result.elements = zip(leftElements, rightElements).map {
        joined($0, under: leftProof, $1, under: rightProof)
      }
    }
    return result
  }

  private func trueProof(under proof: GuardProof) -> GuardProof {
    isTrue == false ? .everything : whenTrue.and(proof)
  }

  private func falseProof(under proof: GuardProof) -> GuardProof {
    isTrue == true ? .everything : whenFalse.and(proof)
  }
}

/// Everything that may hold at one point of a function.
struct GuardState {
  var worlds: GuardWorlds
  var variables: [SymbolID: GuardValue] = [:]
  /// Attributes that the function has set on its own object.
  var attributes: [String: GuardValue] = [:]
  /// The WebSocket is closed.
  var isClosed = false
  /// The handler through which a failed verification went on.
  var swallowed: Definition?
  /// Where a missing credential was noticed and the request went on.
  var missing: Definition?
  /// In the handler of an exception.
  var isInHandler = false

  init(worlds: GuardWorlds = .start) { self.worlds = worlds }

  var isReachable: Bool { worlds.isReachable }
  var proof: GuardProof { worlds.proof }

  mutating func stop() { worlds = .none }

  mutating func add(_ proof: GuardProof) { worlds.add(proof) }

  func joined(_ other: GuardState) -> GuardState {
    if !isReachable { return other }
    if !other.isReachable { return self }
    var result = self
    let own = proof
    let others = other.proof
    result.worlds = worlds.joined(other.worlds)
    for (symbol, value) in other.variables {
      guard let known = variables[symbol] else {
        var only = value
        only.whenTrue = value.isTrue == false ? .everything : value.whenTrue.and(others)
        result.variables[symbol] = only
        continue
      }
      result.variables[symbol] = GuardValue.joined(known, under: own, value, under: others)
    }
    for (symbol, value) in variables where other.variables[symbol] == nil {
      var only = value
      only.whenTrue = value.isTrue == false ? .everything : value.whenTrue.and(own)
      result.variables[symbol] = only
    }
    for (name, value) in other.attributes {
      result.attributes[name] =
        attributes[name].map { GuardValue.joined($0, under: own, value, under: others) } ?? value
    }
    result.isClosed = isClosed && other.isClosed
    result.swallowed = swallowed ?? other.swallowed
    result.missing = missing ?? other.missing
    result.isInHandler = isInHandler && other.isInHandler
    return result
  }
}
