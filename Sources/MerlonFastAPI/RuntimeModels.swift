internal import CMerlonData

/// Python modules that stand for libraries while the code that builds an application is run on paper.
///
/// They say what a library does when routes are registered, and no more; they travel inside the binary.
enum RuntimeModels {
  /// Path below the folder of the models by dotted module name: `fastapi.routing` → `fastapi/routing.py`.
  static let paths: [String: String] = {
    var paths: [String: String] = [:]
    for path in bytesByPath.keys { paths[moduleName(of: path)] = path }
    return paths
  }()

  /// Packages whose models hold even where their source is at hand: what the analysis asks of them is in the models.
  static let frameworks: Set<String> = [
    "annotated_types", "fastapi", "merlon_runtime", "merlon_runtime_routes", "pydantic", "pydantic_core",
    "pydantic_settings", "sqlmodel", "starlette",
  ]

  /// The source of the module, with the path that messages call it by; nil for modules that have no model.
  static func source(of module: String) -> (path: String, bytes: [UInt8])? {
    guard let path = paths[module], let bytes = bytesByPath[path] else { return nil }
    return (path, Array(bytes))
  }

  /// Static data of the binary.
  nonisolated(unsafe) private static let bytesByPath: [String: UnsafeBufferPointer<UInt8>] = {
    var table: [String: UnsafeBufferPointer<UInt8>] = [:]
    for index in 0..<merlon_runtime_count() {
      let file = merlon_runtime_at(index).pointee
      table[String(cString: file.path)] = UnsafeBufferPointer(start: file.bytes, count: file.count)
    }
    return table
  }()

  /// `fastapi/__init__.py` is `fastapi`.
  private static func moduleName(of path: String) -> String {
    var parts = path.dropLast(3).split(separator: "/")
    if parts.last == "__init__" { parts.removeLast() }
    return parts.joined(separator: ".")
  }
}
