import MerlonBase

/// Entry to the front end: any bytes in, a tree out.
public enum PythonParser {
  /// Parses one file. Never fails and never traps: what is wrong is in `Tree.diagnostics`.
  ///
  /// - Parameter bytes: the file as it lies on disk, in any encoding that PEP 263 can declare.
  public static func parse(_ bytes: [UInt8]) -> Tree {
    let text = SourceText(bytes)
    let padded = UnsafeMutablePointer<UInt8>.allocate(capacity: text.bytes.count + Lexer.padding)
    defer { padded.deallocate() }
    text.copy(to: padded, padding: Lexer.padding)
    var parser = Parser(base: UnsafePointer(padded), count: text.bytes.count)
    let root = parser.module()
    let tree = parser.makeTree(text, root)
    // Broken statements would make what stands around them look wrong too.
    return tree.diagnostics.isEmpty ? tree.adding(SemanticErrors.check(tree)) : tree
  }
}

/// Builds the tree of one file: one function a grammar rule, no backtracking but where two rules begin alike.
///
/// Errors need no checks on the way: the token that nobody wants becomes an error token, on which every loop stops,
/// and the innermost list of statements, having got back the control, reports it and reads on behind it.
struct Parser: ~Copyable {
  /// Longest chain of nested prefix operators, lambdas, conditional expressions and powers.
  static let maximumNesting = 200
  /// A file with more errors than this is no Python; further ones are not listed.
  static let maximumDiagnostics = 1000

  var lexer: Lexer
  var nodes: UnsafeMutablePointer<Node>
  private(set) var nodeCount: Int
  private var nodeCapacity: Int
  private(set) var extra: UnsafeMutablePointer<UInt32>
  private(set) var extraCount: Int
  private var extraCapacity: Int
  /// Elements of the lists that are being collected, innermost last.
  var scratch: UnsafeMutablePointer<UInt32>
  private(set) var scratchCount = 0
  private var scratchCapacity = 1024
  var diagnostics: [SyntaxDiagnostic] = []
  /// Where the statement begins whose errors were reported already: one diagnostic a statement is enough.
  var reportedStatement = -1
  /// Where the innermost simple statement or header begins.
  var statementStart = 0
  var nesting = 0
  /// Number of f-strings around this place.
  var formatStringDepth = 0
  /// A bracket stays open until the end of the file: looking for its end again would only cost time.
  var hasUnclosedBracket = false

  init(base: UnsafePointer<UInt8>, count: Int) {
    lexer = Lexer(base: base, count: count)
    nodeCapacity = count / 6 + 64
    nodes = .allocate(capacity: nodeCapacity)
    nodes[0] = Node(kind: .none, start: 0, end: 0)
    nodeCount = 1
    extraCapacity = count / 8 + 64
    extra = .allocate(capacity: extraCapacity)
    extra[0] = 0
    extraCount = 1
    scratch = .allocate(capacity: scratchCapacity)
  }

  deinit {
    nodes.deallocate()
    extra.deallocate()
    scratch.deallocate()
  }

  // MARK: Building

  /// Adds a record that ends where the last token ended.
  @inline(__always) mutating func make(
    _ kind: NodeKind, _ start: Int, flag: UInt8 = 0, detail: UInt16 = 0, _ a: UInt32 = 0, _ b: UInt32 = 0,
    _ c: UInt32 = 0
  ) -> UInt32 {
    make(kind, start, end: lexer.previousEnd, flag: flag, detail: detail, a, b, c)
  }

  /// Adds a record.
  @inline(__always) mutating func make(
    _ kind: NodeKind, _ start: Int, end: Int, flag: UInt8 = 0, detail: UInt16 = 0, _ a: UInt32 = 0,
    _ b: UInt32 = 0, _ c: UInt32 = 0
  ) -> UInt32 {
    let index = nodeCount
    if index == nodeCapacity { growNodes() }
    nodes[index] = Node(
      kind: kind, flag: flag, detail: detail, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: end), a: a, b: b, c: c)
    nodeCount = index + 1
    return UInt32(truncatingIfNeeded: index)
  }

  @inline(never) private mutating func growNodes() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
    larger.update(from: nodes, count: nodeCount)
    nodes.deallocate()
    nodes = larger
    nodeCapacity *= 2
  }

  /// Adds an element to the list that is being collected.
  @inline(__always) mutating func push(_ element: UInt32) {
    if scratchCount == scratchCapacity { growScratch() }
    scratch[scratchCount] = element
    scratchCount += 1
  }

  @inline(never) private mutating func growScratch() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: scratchCapacity * 2)
    larger.update(from: scratch, count: scratchCount)
    scratch.deallocate()
    scratch = larger
    scratchCapacity *= 2
  }

  /// Ends the list whose elements were pushed since `mark`.
  @inline(__always) mutating func list(since mark: Int) -> UInt32 {
    let length = scratchCount - mark
    if length <= 0 { return 0 }
    let index = extraCount
    if index + length + 1 > extraCapacity { growExtra(length + 1) }
    extra[index] = UInt32(truncatingIfNeeded: length)
    for offset in 0..<length { extra[index + 1 + offset] = scratch[mark + offset] }
    extraCount = index + length + 1
    scratchCount = mark
    return UInt32(truncatingIfNeeded: index)
  }

  /// Forgets what was pushed since `mark`.
  mutating func drop(to mark: Int) { scratchCount = mark }

  /// A list of one element.
  mutating func list(of element: UInt32) -> UInt32 {
    let mark = scratchCount
    push(element)
    return list(since: mark)
  }

  /// Adds the slots of a kind of node that has more than three, and answers where they stand.
  mutating func block(_ slots: UInt32...) -> UInt32 {
    let mark = scratchCount
    for slot in slots { push(slot) }
    return block(since: mark)
  }

  /// Adds the slots pushed since `mark`.
  mutating func block(since mark: Int) -> UInt32 {
    let length = scratchCount - mark
    let index = extraCount
    if index + length > extraCapacity { growExtra(length) }
    for offset in 0..<length { extra[index + offset] = scratch[mark + offset] }
    extraCount = index + length
    scratchCount = mark
    return UInt32(truncatingIfNeeded: index)
  }

  @inline(never) private mutating func growExtra(_ needed: Int) {
    let capacity = max(extraCapacity * 2, extraCount + needed)
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    larger.update(from: extra, count: extraCount)
    extra.deallocate()
    extra = larger
    extraCapacity = capacity
  }

  /// How much was built, to go back to.
  struct Mark {
    var lexer: Lexer.Mark
    var nodes: Int
    var extra: Int
    var scratch: Int
    var diagnostics: Int
    var reported: Int
  }

  var mark: Mark {
    Mark(
      lexer: lexer.mark, nodes: nodeCount, extra: extraCount, scratch: scratchCount, diagnostics: diagnostics.count,
      reported: reportedStatement)
  }

  mutating func rewind(to mark: Mark) {
    lexer.rewind(to: mark.lexer)
    nodeCount = mark.nodes
    extraCount = mark.extra
    scratchCount = mark.scratch
    diagnostics.removeLast(diagnostics.count - mark.diagnostics)
    reportedStatement = mark.reported
  }

  /// Forgets the records of a broken statement.
  mutating func truncate(nodes: Int, extra: Int, scratch: Int) {
    nodeCount = nodes
    extraCount = extra
    scratchCount = scratch
  }

  // MARK: Looking at tokens

  @inline(__always) var kind: TokenKind { lexer.kind }
  @inline(__always) var start: Int { lexer.start }
  @inline(__always) mutating func advance() { lexer.advance() }

  /// Takes a token of this kind if it is there.
  @inline(__always) mutating func accept(_ kind: TokenKind) -> Bool {
    if lexer.kind != kind { return false }
    lexer.advance()
    return true
  }

  /// Takes a token of this kind, or gives up on the statement.
  @inline(__always) mutating func expect(_ kind: TokenKind, _ message: StaticString = "invalid syntax") {
    if lexer.kind == kind { lexer.advance() } else { fail(message) }
  }

  // MARK: Errors

  /// Gives up on the statement at this token.
  @inline(never) mutating func fail(_ message: StaticString = "invalid syntax") {
    lexer.reject(message.description, from: lexer.start, to: lexer.end)
  }

  /// Gives up on the statement, with a place.
  @inline(never) mutating func fail(_ message: String, from: Int, to: Int) {
    lexer.reject(message, from: from, to: to)
  }

  /// Notes an error that leaves the structure clear; the statement is kept.
  @inline(never) mutating func report(_ message: String, from: Int, to: Int) {
    if kind == .error || reportedStatement == statementStart { return }
    reportedStatement = statementStart
    add(message, from: from, to: to)
  }

  @inline(never) mutating func report(_ message: String, at node: UInt32) {
    let record = nodes[Int(node)]
    report(message, from: Int(record.start), to: Int(record.end))
  }

  mutating func add(_ message: String, from: Int, to: Int) {
    if diagnostics.count >= Parser.maximumDiagnostics { return }
    let start = UInt32(truncatingIfNeeded: min(from, lexer.count))
    let end = UInt32(truncatingIfNeeded: min(to, lexer.count))
    diagnostics.append(SyntaxDiagnostic(range: TextRange(start: start, end: end), message: message))
  }

  /// Goes one level deeper; false, with an error, when that is too deep.
  @inline(__always) mutating func deepen() -> Bool {
    nesting += 1
    if nesting <= Parser.maximumNesting { return true }
    fail("too many nested expressions")
    return false
  }

  @inline(__always) mutating func rise() { nesting -= 1 }

  // MARK: Finishing

  consuming func makeTree(_ text: borrowing SourceText, _ root: UInt32) -> Tree {
    if !diagnostics.isEmpty {
      // A record that was begun at an error, behind the last token that was read, is empty.
      for index in 0..<nodeCount where self.nodes[index].end < self.nodes[index].start {
        self.nodes[index].end = self.nodes[index].start
      }
    }
    let nodes = ContiguousArray(UnsafeBufferPointer(start: self.nodes, count: nodeCount))
    let extra = ContiguousArray(UnsafeBufferPointer(start: self.extra, count: extraCount))
    let all = text.diagnostics + diagnostics
    return Tree(
      source: text.bytes, nodes: nodes, extra: extra, names: lexer.names.strings(), lineStarts: text.lineStarts(),
      comments: lexer.comments, diagnostics: all.sorted { $0.range.start < $1.range.start }, root: NodeID(root))
  }
}
