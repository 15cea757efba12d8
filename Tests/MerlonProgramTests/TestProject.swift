import MerlonBase
import MerlonProgram
import MerlonPython
import Testing

/// A small project as data, with marks: `‹name›expression‹/›` asks about the expression between.
struct TestProject {
  let program: Program
  private var marks: [String: (path: String, range: Range<Int>)] = [:]

  init(_ files: [(path: String, text: String)], libraries: any LibraryKnowledge = UnknownLibraries(), threads: Int = 1)
  {
    var sources: [SourceFile] = []
    for file in files {
      var bytes: [UInt8] = []
      var open: [(name: String, start: Int)] = []
      var rest = file.text[...]
      while let bracket = rest.firstIndex(of: "‹") {
        bytes += rest[..<bracket].utf8
        rest = rest[rest.index(after: bracket)...]
        let end = rest.firstIndex(of: "›") ?? rest.startIndex
        let name = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        if name == "/" {
          if let last = open.popLast() { marks[last.name] = (file.path, last.start..<bytes.count) }
        } else {
          open.append((name, bytes.count))
        }
      }
      bytes += rest.utf8
      sources.append(SourceFile(path: file.path, bytes: bytes))
    }
    program = Program(files: sources, options: ProgramOptions(threadCount: threads, libraries: libraries))
  }

  init(_ text: String, libraries: any LibraryKnowledge = UnknownLibraries()) {
    self.init([("shop/main.py", text)], libraries: libraries)
  }

  var markNames: [String] { marks.keys.sorted() }

  /// The outermost node that covers exactly the marked text.
  func find(_ mark: String) throws -> (semantics: Semantics, node: NodeID) {
    let place = try #require(marks[mark])
    let module = try #require(program.modules.first { $0.path == place.path })
    var found: NodeID?
    module.tree.walk(module.tree.root) { node in
      let range = module.tree.range(node)
      if found == nil, Int(range.start) == place.range.lowerBound, Int(range.end) == place.range.upperBound,
        module.tree.kind(node) != .expr, module.tree.kind(node) != .module
      {
        found = node
      }
      return found == nil
    }
    return (program.semantics(of: module), try #require(found, "no node at \(mark)"))
  }

  func qualifiedName(_ mark: String) throws -> String? {
    let (semantics, node) = try find(mark)
    return semantics.qualifiedName(of: node)
  }

  func type(_ mark: String) throws -> String? {
    let (semantics, node) = try find(mark)
    return semantics.type(of: node).map(Self.text)
  }

  func constant(_ mark: String) throws -> ConstantValue? {
    let (semantics, node) = try find(mark)
    return semantics.constant(of: node)
  }

  func origins(_ mark: String) throws -> [String] {
    let (semantics, node) = try find(mark)
    return semantics.origins(of: node).map { semantics.module.tree.text($0) }
  }

  static func text(_ type: TypeReference) -> String {
    let name =
      type.arguments.isEmpty
      ? type.qualifiedName : "\(type.qualifiedName)[\(type.arguments.map(text).joined(separator: ", "))]"
    return type.isClassObject ? "type[\(name)]" : name
  }
}
