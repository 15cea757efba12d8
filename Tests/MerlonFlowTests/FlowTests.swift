import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython
import Testing

/// Where values come from, told for the argument of `sink(…)` in the function `f`.
@Suite("Value flow")
struct FlowTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let source: String
    /// Origins of the sink's argument: parameters by name, `~` where computed; globals by name; calls as `name()`.
    let origins: Set<String>

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "a parameter", source: "def f(a): sink(a)", origins: ["a"]),
    Case(name: "an attribute and a key", source: "def f(a): sink(a.b['c'])", origins: ["a.b.c"]),
    Case(name: "assignments", source: "def f(a):\n  x = a\n  y = x.id\n  sink(y)", origins: ["a.id"]),
    Case(name: "unpacking", source: "def f(a, b):\n  x, y = a, b\n  sink(y)", origins: ["b"]),
    Case(name: "a later assignment hides", source: "def f(a, b):\n  x = a\n  x = b\n  sink(x)", origins: ["b"]),
    Case(name: "both branches", source: "def f(a, b):\n  if a: x = a\n  else: x = b\n  sink(x)", origins: ["a", "b"]),
    Case(name: "an f-string computes", source: "def f(a): sink(f'{a}!')", origins: ["~a"]),
    Case(name: "an operator computes", source: "def f(a, b): sink(a + 'x' + b)", origins: ["~a", "~b"]),
    Case(name: "a conversion", source: "def f(a): sink(str(a).strip())", origins: ["a"]),
    Case(name: "await", source: "async def f(a): sink(await a)", origins: ["a"]),
    Case(name: "a key by get", source: "def f(a): sink(a.get('id'))", origins: ["a.id"]),
    Case(name: "a key of a display", source: "def f(a, b):\n  d = {'x': a, 'y': b}\n  sink(d['x'])", origins: ["a"]),
    Case(name: "a spread display", source: "def f(a, b):\n  d = {**a, 'y': b}\n  sink(d['x'])", origins: ["a.x"]),
    Case(name: "a loop", source: "def f(a):\n  for x in a.ids:\n    sink(x)", origins: ["a.ids.[]"]),
    Case(
      name: "a loop over items", source: "def f(a):\n  for k, v in a.model_dump().items():\n    sink(v)",
      origins: ["a.[]"]),
    Case(
      name: "a comprehension", source: "def f(a):\n  xs = [x.id for x in a]\n  for y in xs: sink(y)",
      origins: ["a.[].id"]),
    Case(
      name: "an appended element", source: "def f(a):\n  xs = []\n  xs.append(a)\n  for y in xs: sink(y)",
      origins: ["a"]),
    Case(name: "a key that is set later", source: "def f(a):\n  d = {}\n  d['x'] = a\n  sink(d['x'])", origins: ["a"]),
    Case(name: "a library's result is its own", source: "import lib\ndef f(a): sink(lib.load(a))", origins: ["load()"]),
    Case(
      name: "a part of it", source: "import lib\ndef f(a):\n  x = lib.load(a)\n  sink(x.owner)",
      origins: ["load().owner"]),
    Case(
      name: "what a helper returns", source: "def g(x): return x.id\ndef f(a): sink(g(a))",
      origins: ["a.id", "g()"]),
    Case(
      name: "through two helpers, by keyword",
      source: "def h(y): return y\ndef g(x, z): return h(z)\ndef f(a): sink(g(z=a, x=1))",
      origins: ["a", "g()"]),
    Case(
      name: "a field of a class",
      source: "class P:\n  def __init__(self, u): self.user = u\ndef f(a):\n  p = P(a)\n  sink(p.user.id)",
      origins: ["a.id"]),
    Case(
      name: "a model's field",
      source: "class P:\n  user: int\n  file_id: int\ndef f(a):\n  p = P(user=1, file_id=a.id)\n  sink(p.file_id)",
      origins: ["a.id"]),
    Case(name: "a global", source: "import lib\ndef f(a): sink(lib.settings)", origins: ["=lib.settings"]),
    Case(name: "a walrus", source: "def f(a):\n  if (x := a.id): sink(x)", origins: ["a.id"]),
    Case(
      name: "gather keeps positions",
      source: "import asyncio\nasync def f(a, b):\n  x = await asyncio.gather(a, b)\n  sink(x)",
      origins: ["a", "b"]),
    Case(
      name: "a loop that feeds itself ends", source: "def f(a):\n  x = a\n  while x: x = x.next\n  sink(x)",
      origins: ["a", "a.next"]),
    Case(name: "a computed key chooses", source: "def f(a, b): sink(a[b])", origins: ["a.[]", "[]()"]),
    Case(name: "with", source: "def f(a):\n  with a as x: sink(x)", origins: ["a"]),
  ]

  @Test("an expression's origins are told", arguments: cases)
  func origins(_ example: Case) throws {
    let (engine, flow) = try Self.flow(example.source)
    let call = try #require(flow.calls.first { $0.name == "sink" })
    let argument = try #require(call.arguments.first)
    let found = flow.values(of: argument.node)
    #expect(Set(found.map { Self.text($0, engine) }) == example.origins)
  }

  @Test("what takes part in making a value is told through calls and displays")
  func influences() throws {
    let (engine, flow) = try Self.flow(
      """
      import lib
      def f(db, key, user):
        query = lib.select(key.table).where(lib.column == key.id, {"owner": user.id})
        row = db.execute(query).first()
        sink(row)
      """)
    let call = try #require(flow.calls.first { $0.name == "sink" })
    let argument = try #require(call.arguments.first)
    let found = engine.influences(flow.values(of: argument.node), in: flow).map { Self.text($0, engine) }
    #expect(Set(found).isSuperset(of: ["~db", "~key.id", "~user.id", "~key.table"]))
  }

  @Test("closures bring what they capture")
  func closures() throws {
    let (engine, flow) = try Self.flow("def f(a, b):\n  sink(lambda: check(a.id, b))")
    let argument = try #require(flow.calls.first?.arguments.first)
    let found = engine.influences(flow.values(of: argument.node), in: flow).map { Self.text($0, engine) }
    #expect(Set(found).isSuperset(of: ["~a.id", "~b"]))
  }

  @Test("conditions say which side leaves")
  func conditions() throws {
    let (_, flow) = try Self.flow(
      "def f(a, b):\n  if a.x != b.y: raise ValueError\n  if a: pass\n  while True:\n    if b: continue\n    sink(a)")
    #expect(flow.conditions.map { $0.exitIfTrue } == [.raises, nil, nil, .continues])
    let call = try #require(flow.calls.first { $0.name == "sink" })
    let before = flow.conditions(before: call.node)
    #expect(before.map(\.outcome) == [false, true, false])
  }

  @Test("callees come before callers, and a cycle is one group")
  func order() throws {
    let program = Self.program("def a(): b()\ndef b(): c(); a()\ndef c(): pass\ndef f(): a()")
    let engine = FlowEngine(program)
    let root = try Self.function("f", program)
    let groups = engine.newComponents(from: root).map { group in
      group.compactMap { engine.flow($0)?.name }
    }
    #expect(groups == [["c"], ["a", "b"], ["f"]])
    #expect(engine.newComponents(from: root).isEmpty)
  }

  @Test("a function handed to a runner is called by it")
  func runners() throws {
    let (_, flow) = try Self.flow(
      "from starlette.concurrency import run_in_threadpool\ndef g(x): return x\nasync def f(a): return await run_in_threadpool(g, a)"
    )
    let call = try #require(flow.calls.first)
    #expect(call.isHandedOver && call.function != nil && call.name == "g")
  }

  static func program(_ source: String) -> Program {
    Program(
      files: [SourceFile(path: "app.py", text: source)],
      options: ProgramOptions(libraries: ModelledLibraries(LibraryModels.builtIn)))
  }

  static func function(_ name: String, _ program: Program) throws -> Definition {
    let module = try #require(program.modules.first)
    let scope = try #require(
      module.scopes.first { $0.kind == .function && module.tree.text(module.tree.functionDef($0.node).name) == name })
    return Definition(module: module.id, node: scope.node)
  }

  static func flow(_ source: String) throws -> (FlowEngine, FunctionFlow) {
    let program = program(source)
    let engine = FlowEngine(program)
    return (engine, try #require(engine.flow(try function("f", program))))
  }

  static func text(_ value: FlowValue, _ engine: FlowEngine) -> String {
    func module(_ place: Definition) -> Module? { engine.program.module(place.module) }
    var result: String
    switch value.root {
    case .parameter(let place): result = module(place).map { $0.tree.text($0.tree.arg(place.node).name) } ?? "?"
    case .call(let place):
      guard let module = module(place) else { return "?" }
      if module.tree.kind(place.node) == .call {
        let function = module.tree.call(place.node).function
        let text =
          module.tree.kind(function) == .attribute
          ? module.tree.text(module.tree.attribute(function).name) : module.tree.text(function)
        result = text + "()"
      } else {
        result = "[]()"
      }
    case .made: result = "made"
    case .global(let name): result = "=" + name.text
    case .label(let number): result = "#\(number)"
    }
    if !value.path.isEmpty { result += "." + value.path.texts.joined(separator: ".") }
    return (value.isDerived ? "~" : "") + result
  }
}
