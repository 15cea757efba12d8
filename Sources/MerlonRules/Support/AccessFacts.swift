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

  /// Handlers of one module in one application: usually one router.
  private struct Group: Hashable {
    let application: Int
    let module: String

    init(_ operation: Operation) {
      application = operation.applicationIndex
      module = operation.group
    }
  }

  private let operations: [Operation]
  private let model: APIModel
  private var byGroup: [Group: Count] = [:]
  /// By position of the application: each stands for itself, mounted ones with the one around them.
  private var byApplication: [Int: Count] = [:]
  private var indices: [Group: [Int]] = [:]
  /// Entities by name, with how many operations that only read are open and guarded.
  private var readers: [String: Count] = [:]

  init(_ context: ModelContext) {
    operations = context.operations
    model = context.model
    for (index, operation) in operations.enumerated() {
      guard Self.counts(operation) else { continue }
      indices[Group(operation), default: []].append(index)
      let names = OperationNames(operation.route)
      if !operation.isGuarded {
        // What has to be open says nothing about the rest.
        guard !names.isEntrance, !names.isPublicContent else { continue }
        byGroup[Group(operation), default: Count()].open += 1
        byApplication[operation.applicationIndex, default: Count()].open += 1
      } else {
        byGroup[Group(operation), default: Count()].guarded += 1
        byApplication[operation.applicationIndex, default: Count()].guarded += 1
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

  /// The body of an operation, with what its schema names.
  func body(of operation: Operation) -> BodyInput {
    BodyInput(operation, model.applications[operation.applicationIndex])
  }

  /// True when something in the application of an operation asks who is calling.
  func hasAuthentication(around operation: Operation) -> Bool {
    (byApplication[operation.applicationIndex]?.guarded ?? 0) > 0
  }

  /// How many operations beside one are guarded.
  func count(beside operation: Operation) -> Count { byGroup[Group(operation)] ?? Count() }

  func contrast(of operation: Operation) -> Contrast {
    let all = byApplication[operation.applicationIndex] ?? Count()
    guard all.guarded > 0 else { return .none }
    let group = count(beside: operation)
    if group.guarded > 0 { return group.share >= 0.5 ? .strong : .module }
    return all.share >= 0.5 && all.guarded >= 3 ? .application : .weak
  }

  /// Operations of the same module, the nearest paths first.
  func siblings(of operation: Operation) -> [Operation] {
    let found = (indices[Group(operation)] ?? []).map { operations[$0] }.filter {
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
    var found = siblings(of: operation).filter { !$0.isOpen }
    if found.isEmpty {
      found = operations.filter {
        Self.counts($0) && !$0.isOpen && $0.applicationIndex == operation.applicationIndex
      }
    }
    return found.prefix(3).map { ($0, Self.asks($0)) }
  }

  /// "asks for `require_admin`".
  static func asks(_ operation: Operation) -> String {
    let names = operation.guardNames.map { String($0.split(separator: ".").last ?? "") }
    let enforcers =
      names.isEmpty
      ? operation.access.enforcedBy + operation.unreadGuards.map { String($0.split(separator: ".").last ?? "") } : names
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
