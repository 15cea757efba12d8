import MerlonAPI
import MerlonBase

/// What the operations of a project say about each other: which are guarded, and how usual that is beside one.
struct AccessFacts {
  /// How far an open operation stands out among its siblings.
  enum Contrast: Int, Comparable {
    /// Nothing is guarded anywhere: the application is open by design.
    case none
    /// Something is, most is not.
    case weak
    /// Most of the application is guarded.
    case application
    /// Something in the same module is guarded.
    case module
    /// Most of the same module is guarded.
    case strong

    static func < (left: Contrast, right: Contrast) -> Bool { left.rawValue < right.rawValue }
  }

  struct Count {
    var guarded = 0
    var open = 0
    var total: Int { guarded + open }
    /// Share of the guarded ones, 0 to 1.
    var share: Double { total == 0 ? 0 : Double(guarded) / Double(total) }
  }

  private let operations: [Operation]
  private var byGroup: [String: Count] = [:]
  private(set) var all = Count()
  private var indices: [String: [Int]] = [:]
  /// Entities by name, with how many operations that only read are open and guarded.
  private var readers: [String: Count] = [:]

  init(_ context: ModelContext) {
    operations = context.operations
    for (index, operation) in operations.enumerated() {
      guard Self.counts(operation) else { continue }
      indices[operation.group, default: []].append(index)
      let names = OperationNames(operation.route)
      if !operation.isGuarded {
        // What has to be open says nothing about the rest.
        guard !names.isEntrance, !names.isPublicContent else { continue }
        byGroup[operation.group, default: Count()].open += 1
        all.open += 1
      } else {
        byGroup[operation.group, default: Count()].guarded += 1
        all.guarded += 1
      }
      if operation.isSafeMethod {
        for target in Set(operation.effects.filter { $0.kind == .read }.map(\.target)) where !target.isEmpty {
          if operation.isOpen {
            readers[target, default: Count()].open += 1
          } else {
            readers[target, default: Count()].guarded += 1
          }
        }
      }
    }
  }

  /// Operations that a caller's code answers.
  static func counts(_ operation: Operation) -> Bool {
    switch operation.route.kind {
    case .http, .websocket, .starlette: operation.route.endpoint != nil
    case .mount, .frontend, .host: false
    }
  }

  /// True when something in the project asks who is calling.
  var hasAuthentication: Bool { all.guarded > 0 }

  func count(in group: String) -> Count { byGroup[group] ?? Count() }

  func contrast(of operation: Operation) -> Contrast {
    guard all.guarded > 0 else { return .none }
    let group = count(in: operation.group)
    if group.guarded > 0 { return group.share >= 0.5 ? .strong : .module }
    return all.share >= 0.5 && all.guarded >= 3 ? .application : .weak
  }

  /// Operations of the same module, the nearest paths first.
  func siblings(of operation: Operation) -> [Operation] {
    let found = (indices[operation.group] ?? []).map { operations[$0] }.filter {
      $0.route.path != operation.route.path || $0.route.methods != operation.route.methods
    }
    let segments = operation.route.path.split(separator: "/")
    func distance(_ other: Operation) -> Int {
      let path = other.route.path.split(separator: "/")
      var common = 0
      for (left, right) in zip(segments, path) where left == right { common += 1 }
      return segments.count + path.count - 2 * common
    }
    return found.enumerated().sorted { (distance($0.element), $0.offset) < (distance($1.element), $1.offset) }
      .map(\.element)
  }

  /// Guarded operations beside one, or of the whole project where its module has none, each with what it asks.
  func guardedSiblings(of operation: Operation) -> [(Operation, String)] {
    var found = siblings(of: operation).filter(\.isGuarded)
    if found.isEmpty { found = operations.filter { Self.counts($0) && $0.isGuarded } }
    return found.prefix(3).map { ($0, Self.asks($0)) }
  }

  /// "asks for `require_admin`".
  static func asks(_ operation: Operation) -> String {
    let names = operation.guardNames.map { String($0.split(separator: ".").last ?? "") }
    let enforcers = names.isEmpty ? operation.access.enforcedBy : names
    guard let first = enforcers.first else { return "is open to \(operation.access.words)" }
    return "asks for `\(first)`"
  }

  /// True when an entity is private by its name, or when nobody but known callers reads it elsewhere.
  func isPrivate(_ entity: String) -> Bool {
    if EntityNames.isPrivate(entity) { return true }
    guard let count = readers[entity] else { return false }
    return count.guarded >= 2 && count.open <= 1
  }
}
