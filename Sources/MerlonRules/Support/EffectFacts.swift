import MerlonAPI

extension Operation {
  /// Effects that change something or act outside, the gravest first.
  var changes: [Effect] {
    // A folder that is made where it is missing, and what is kept to be quick, are no effects of the operation.
    effects.filter {
      $0.kind != .read && $0.kind != .fileRead && !($0.kind == .fileWrite && $0.target.hasSuffix("dir"))
        && !$0.target.lowercased().contains("cache")
    }.sorted { $0.kind.gravity > $1.kind.gravity }
  }

  /// What the method promises where the code's own effect is not known.
  var promisedKind: Effect.Kind? {
    if route.methods.contains("DELETE") { return .delete }
    if route.methods.contains("PUT") || route.methods.contains("PATCH") { return .update }
    if route.methods.contains("POST") { return .create }
    return nil
  }
}

extension Effect.Kind {
  /// How bad it is when a stranger can do it: 0 to 3.
  var gravity: Int {
    switch self {
    case .read, .fileRead: 0
    case .create, .send: 1
    case .update: 2
    case .delete, .execute, .fileWrite, .credential, .payment: 3
    }
  }

  /// "delete", as the end of "anyone can …".
  func words(_ name: String) -> String {
    // What is named by a library's function says no more than the verb does.
    let target = name.contains(".") ? "" : name
    let object = target.isEmpty ? "" : " `\(target)`"
    return switch self {
    case .read: "read" + (object.isEmpty ? " stored data" : object)
    case .create: "create" + (object.isEmpty ? " objects" : object)
    case .update: "change" + (object.isEmpty ? " stored data" : object)
    case .delete: "delete" + (object.isEmpty ? " stored data" : object)
    case .send: "send" + (object.isEmpty ? " messages" : object)
    case .execute: "execute" + (object.isEmpty ? " commands" : object)
    case .fileRead: "read files" + object
    case .fileWrite: "write files" + object
    case .credential: "change or obtain a credential" + object
    case .payment: "move money or stock" + object
    }
  }
}
