import Testing

@testable import MerlonPython

/// One program for each message, and harmless ones beside them. Thousands more run in `Tests/oracle`.
@Suite("Errors behind the grammar")
struct SemanticErrorsTests {
  static let refused: [(source: String, message: String)] = [
    ("return 1", "`return` outside function"),
    ("class A:\n return", "`return` outside function"),
    ("break", "`break` outside loop"),
    ("for x in y: pass\nelse: continue", "`continue` not properly in loop"),
    ("while 1:\n def f():\n  break", "`break` outside loop"),
    ("yield 1", "`yield` outside function"),
    ("def f(): return [(yield) for x in y]", "`yield` inside list comprehension"),
    ("async def f(): yield from x", "`yield from` inside async function"),
    ("await x", "`await` outside function"),
    ("def f(): await x", "`await` outside async function"),
    ("def f(): return [x async for x in y]", "asynchronous comprehension outside of an asynchronous function"),
    ("async for x in y: pass", "`async for` outside async function"),
    ("async def f():\n yield\n return 1", "`return` with value in async generator"),
    ("def f(a, *, a): pass", "duplicate parameter `a` in function definition"),
    ("lambda a, *a: 1", "duplicate parameter `a` in function definition"),
    ("def f(x): global x", "name `x` is parameter and global"),
    ("def f():\n x\n global x", "name `x` is used prior to global declaration"),
    ("def g(x):\n def f():\n  x = 1\n  nonlocal x", "name `x` is assigned to before nonlocal declaration"),
    ("nonlocal x", "`nonlocal` declaration not allowed at module level"),
    ("def f(): nonlocal x", "no binding for nonlocal `x` found"),
    ("def f():\n global x\n x: int", "annotated name `x` can't be global"),
    ("def f[T]():\n def g(): nonlocal T", "nonlocal binding not allowed for type parameter `T`"),
    ("x = 1\nfrom __future__ import division", "`from __future__` imports must occur at the beginning of the file"),
    ("from __future__ import ponies", "future feature `ponies` is not defined"),
    ("def f(): from x import *", "`import *` only allowed at module level"),
    ("__debug__ = 1", "cannot assign to `__debug__`"),
    ("import a as __debug__", "cannot assign to `__debug__`"),
    ("x = *a", "can't use starred expression here"),
    ("*a = b", "starred target must be in a list or tuple"),
    ("*a, *b = c", "multiple starred expressions in assignment"),
    ("[x for x in (y := z)]", "assignment expression cannot be used in a comprehension iterable expression"),
    ("[(x := 1) for x in y]", "assignment expression cannot rebind comprehension iteration variable `x`"),
    (
      "class A: [(x := 1) for y in z]",
      "assignment expression within a comprehension cannot be used in a class body"
    ),
    ("try: pass\nexcept: pass\nexcept A: pass", "default `except:` must be last"),
    (
      "for x in y:\n try: pass\n except* A: break",
      "`break`, `continue` and `return` cannot appear in an `except*` block"
    ),
    ("match x:\n case _: pass\n case 1: pass", "wildcard makes remaining patterns unreachable"),
    ("match x:\n case a | [a]: pass", "name capture `a` makes remaining patterns unreachable"),
    ("match x:\n case [a] | 1: pass", "alternative patterns bind different names"),
    ("match x:\n case a, a: pass", "multiple assignments to name `a` in pattern"),
    ("match x:\n case A(b=1, b=2): pass", "attribute name repeated in class pattern: `b`"),
    ("match x:\n case {1: a, 1.0: b}: pass", "mapping pattern checks duplicate key `1.0`"),
    ("match x:\n case [*a, *b]: pass", "multiple starred expressions in sequence pattern"),
    ("class A[T, T]: pass", "duplicate type parameter `T`"),
    ("class A[T = int, U]: pass", "type parameter `U` without default follows one with a default"),
    ("type X = (yield)", "yield expression cannot be used within a type alias"),
  ]

  @Test("what CPython's compiler refuses has a diagnostic", arguments: SemanticErrorsTests.refused)
  func isRefused(source: String, message: String) {
    #expect(PythonParser.parse(Array(source.utf8)).diagnostics.map(\.message) == [message])
  }

  @Test(
    "what looks like an error but is none has no diagnostic",
    arguments: [
      "def f(): return 1", "while 1:\n try: pass\n finally: continue", "lambda: (yield)",
      "(x async for x in y)", "async def f(): return [x async for x in y]", "async def f():\n yield\n return",
      "async def f(): return [[x async for x in y] for z in w]", "import x\nglobal x",
      "def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2", "class A:\n def f(self): nonlocal __class__",
      "'''doc'''\nfrom __future__ import annotations\nx: (yield)", "del __debug__", "print(__debug__)",
      "x = *a,", "*a, = b", "f(*a)", "a[*b]", "def f(*a: *B): pass", "class A(*b): pass",
      "[y for x in z if (y := x)]", "[lambda: (x := 1) for x in y]", "match x:\n case a if b: pass\n case _: pass",
      "match x:\n case [a] | (a, 1): pass", "match x:\n case {1: a, 2: b, **c}: pass",
      "try: pass\nexcept* A:\n for x in y: break", "type X[T = int] = T", "def g():\n def f[T](x=(yield)): pass",
      "async def f():\n async with a as b: await b",
    ])
  func isAccepted(source: String) {
    #expect(PythonParser.parse(Array(source.utf8)).diagnostics == [])
  }

  @Test("blocks may nest as deeply as the most lenient CPython allows")
  func blocksNest() {
    func nested(_ depth: Int) -> String {
      (0..<depth).map { String(repeating: " ", count: $0) + "while 1:\n" }.joined()
        + String(repeating: " ", count: depth) + "pass\n"
    }
    #expect(PythonParser.parse(Array(nested(21).utf8)).diagnostics == [])
    #expect(
      PythonParser.parse(Array(nested(22).utf8)).diagnostics.map(\.message) == ["too many statically nested blocks"])
  }

  @Test("a file with a broken statement gets no errors from behind the grammar")
  func brokenFileHasSyntaxErrorsOnly() {
    let tree = PythonParser.parse(Array("while x y:\n break\nbreak\n".utf8))
    #expect(!tree.diagnostics.isEmpty)
    #expect(!tree.diagnostics.contains { $0.message.contains("outside loop") })
  }
}
