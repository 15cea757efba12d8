import Testing

@testable import MerlonPython

/// Expected texts are those of CPython 3.13 without positions, where it knows the syntax, else as the PEP says.
@Suite("Syntax of Python 3.8 to 3.14")
struct SyntaxTests {
  static let trees: [(name: String, source: String, expected: String)] = [
    (
      "PEP 695 and 696: type parameters with bounds and defaults",
      "def f[T: int = str, *Ts = *a, **P = [b]](x: T): pass",
      "Module(body=[FunctionDef(name='f', args=arguments(args=[arg(arg='x', annotation=Name(id='T', "
        + "ctx=Load()))]), body=[Pass()], type_params=[TypeVar(name='T', bound=Name(id='int', ctx=Load()), "
        + "default_value=Name(id='str', ctx=Load())), TypeVarTuple(name='Ts', "
        + "default_value=Starred(value=Name(id='a', ctx=Load()), ctx=Load())), ParamSpec(name='P', "
        + "default_value=List(elts=[Name(id='b', ctx=Load())], ctx=Load()))])])"
    ),
    (
      "PEP 695: a generic class",
      "class A[T](B, metaclass=C): pass",
      "Module(body=[ClassDef(name='A', bases=[Name(id='B', ctx=Load())], "
        + "keywords=[keyword(arg='metaclass', value=Name(id='C', ctx=Load()))], body=[Pass()], "
        + "type_params=[TypeVar(name='T')])])"
    ),
    (
      "PEP 695: a type statement",
      "type X[T] = list[T]",
      "Module(body=[TypeAlias(name=Name(id='X', ctx=Store()), type_params=[TypeVar(name='T')], "
        + "value=Subscript(value=Name(id='list', ctx=Load()), slice=Name(id='T', ctx=Load()), ctx=Load()))])"
    ),
    (
      "PEP 701: f-strings inside f-strings with the same quote",
      "f\"{f\"{x + 1}\":>{w}}\"",
      "Module(body=[Expr(value=JoinedStr(values=[FormattedValue(value=JoinedStr(values=[FormattedValue(va"
        + "lue=BinOp(left=Name(id='x', ctx=Load()), op=Add(), right=Constant(value=1)), conversion=-1)]), "
        + "conversion=-1, format_spec=JoinedStr(values=[Constant(value='>'), "
        + "FormattedValue(value=Name(id='w', ctx=Load()), conversion=-1)]))]))])"
    ),
    (
      "PEP 701: backslashes inside replacement fields",
      "f'{\"\\n\".join(a)}'",
      "Module(body=[Expr(value=JoinedStr(values=[FormattedValue(value=Call(func=Attribute(value=Constant("
        + "value='\\n'), attr='join', ctx=Load()), args=[Name(id='a', ctx=Load())]), conversion=-1)]))])"
    ),
    (
      "PEP 701: comments and line ends inside replacement fields",
      "f'''{\n  x  # comment\n}'''",
      "Module(body=[Expr(value=JoinedStr(values=[FormattedValue(value=Name(id='x', ctx=Load()), "
        + "conversion=-1)]))])"
    ),
    (
      "an f-string that shows its expression",
      "f'{a[\"b\"]=}'",
      "Module(body=[Expr(value=JoinedStr(values=[Constant(value='a[\"b\"]='), "
        + "FormattedValue(value=Subscript(value=Name(id='a', ctx=Load()), slice=Constant(value='b'), "
        + "ctx=Load()), conversion=114)]))])"
    ),
    (
      "PEP 634: patterns",
      "match x:\n  case [A(b, c=1), {'k': _, **r}, *_] if y: pass\n  case 1 | -2.5 as z: pass",
      "Module(body=[Match(subject=Name(id='x', ctx=Load()), "
        + "cases=[match_case(pattern=MatchSequence(patterns=[MatchClass(cls=Name(id='A', ctx=Load()), "
        + "patterns=[MatchAs(name='b')], kwd_attrs=['c'], "
        + "kwd_patterns=[MatchValue(value=Constant(value=1))]), MatchMapping(keys=[Constant(value='k')], "
        + "patterns=[MatchAs()], rest='r'), MatchStar()]), guard=Name(id='y', ctx=Load()), body=[Pass()]), "
        + "match_case(pattern=MatchAs(pattern=MatchOr(patterns=[MatchValue(value=Constant(value=1)), "
        + "MatchValue(value=UnaryOp(op=USub(), operand=Constant(value=2.5)))]), name='z'), body=[Pass()])])])"
    ),
    (
      "parenthesised context managers",
      "with (open(a) as b, c,): pass",
      "Module(body=[With(items=[withitem(context_expr=Call(func=Name(id='open', ctx=Load()), "
        + "args=[Name(id='a', ctx=Load())]), optional_vars=Name(id='b', ctx=Store())), "
        + "withitem(context_expr=Name(id='c', ctx=Load()))], body=[Pass()])])"
    ),
    (
      "a context manager that begins with a parenthesis",
      "with (a, b).c as d: pass",
      "Module(body=[With(items=[withitem(context_expr=Attribute(value=Tuple(elts=[Name(id='a', "
        + "ctx=Load()), Name(id='b', ctx=Load())], ctx=Load()), attr='c', ctx=Load()), "
        + "optional_vars=Name(id='d', ctx=Store()))], body=[Pass()])])"
    ),
    (
      "PEP 654: except*",
      "try: pass\nexcept* A as b: pass",
      "Module(body=[TryStar(body=[Pass()], handlers=[ExceptHandler(type=Name(id='A', ctx=Load()), "
        + "name='b', body=[Pass()])])])"
    ),
    (
      "PEP 570: positional-only parameters",
      "lambda a, /, b=1, *, c: a",
      "Module(body=[Expr(value=Lambda(args=arguments(posonlyargs=[arg(arg='a')], args=[arg(arg='b')], "
        + "kwonlyargs=[arg(arg='c')], kw_defaults=[None], defaults=[Constant(value=1)]), body=Name(id='a', "
        + "ctx=Load())))])"
    ),
    (
      "PEP 646: a star in a subscript",
      "a[b:c, *d]",
      "Module(body=[Expr(value=Subscript(value=Name(id='a', ctx=Load()), "
        + "slice=Tuple(elts=[Slice(lower=Name(id='b', ctx=Load()), upper=Name(id='c', ctx=Load())), "
        + "Starred(value=Name(id='d', ctx=Load()), ctx=Load())], ctx=Load()), ctx=Load()))])"
    ),
    (
      "asynchronous comprehensions",
      "async def f(): return [x async for x in y]",
      "Module(body=[AsyncFunctionDef(name='f', args=arguments(), "
        + "body=[Return(value=ListComp(elt=Name(id='x', ctx=Load()), "
        + "generators=[comprehension(target=Name(id='x', ctx=Store()), iter=Name(id='y', ctx=Load()), "
        + "is_async=1)]))])])"
    ),
    (
      "soft keywords as names",
      "match = type = case = _\nmatch(x)\nmatch[x]: int\ntype (y)",
      "Module(body=[Assign(targets=[Name(id='match', ctx=Store()), Name(id='type', ctx=Store()), "
        + "Name(id='case', ctx=Store())], value=Name(id='_', ctx=Load())), "
        + "Expr(value=Call(func=Name(id='match', ctx=Load()), args=[Name(id='x', ctx=Load())])), "
        + "AnnAssign(target=Subscript(value=Name(id='match', ctx=Load()), slice=Name(id='x', ctx=Load()), "
        + "ctx=Store()), annotation=Name(id='int', ctx=Load()), simple=0), "
        + "Expr(value=Call(func=Name(id='type', ctx=Load()), args=[Name(id='y', ctx=Load())]))])"
    ),
    (
      "a parenthesised name is no simple target",
      "(x): int = 1",
      "Module(body=[AnnAssign(target=Name(id='x', ctx=Store()), annotation=Name(id='int', ctx=Load()), "
        + "value=Constant(value=1), simple=0)])"
    ),
    (
      "PEP 614: any expression decorates",
      "@a[0](b).c\n@(b)\ndef f(): pass",
      "Module(body=[FunctionDef(name='f', args=arguments(), body=[Pass()], "
        + "decorator_list=[Attribute(value=Call(func=Subscript(value=Name(id='a', ctx=Load()), "
        + "slice=Constant(value=0), ctx=Load()), args=[Name(id='b', ctx=Load())]), attr='c', ctx=Load()), "
        + "Name(id='b', ctx=Load())])])"
    ),
    (
      "PEP 448: unpacking",
      "f(*a, b, *c, d=1, **e); [*a, b]; {**a, b: c}",
      "Module(body=[Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Starred(value=Name(id='a', "
        + "ctx=Load()), ctx=Load()), Name(id='b', ctx=Load()), Starred(value=Name(id='c', ctx=Load()), "
        + "ctx=Load())], keywords=[keyword(arg='d', value=Constant(value=1)), keyword(value=Name(id='e', "
        + "ctx=Load()))])), Expr(value=List(elts=[Starred(value=Name(id='a', ctx=Load()), ctx=Load()), "
        + "Name(id='b', ctx=Load())], ctx=Load())), Expr(value=Dict(keys=[None, Name(id='b', ctx=Load())], "
        + "values=[Name(id='a', ctx=Load()), Name(id='c', ctx=Load())]))])"
    ),
    (
      "an elif chain",
      "if a: b\nelif c: d\nelse: e",
      "Module(body=[If(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='b', ctx=Load()))], "
        + "orelse=[If(test=Name(id='c', ctx=Load()), body=[Expr(value=Name(id='d', ctx=Load()))], "
        + "orelse=[Expr(value=Name(id='e', ctx=Load()))])])])"
    ),
    (
      "relative imports",
      "from ... import a\nfrom .b . c import (d as e, f,)\nimport a.b as c",
      "Module(body=[ImportFrom(names=[alias(name='a')], level=3), ImportFrom(module='b.c', "
        + "names=[alias(name='d', asname='e'), alias(name='f')], level=1), Import(names=[alias(name='a.b', "
        + "asname='c')])])"
    ),
    (
      "neighbouring literals",
      "u'a' f'b{{{x!r}' 'c' '''d'''",
      "Module(body=[Expr(value=JoinedStr(values=[Constant(value='ab{', kind='u'), "
        + "FormattedValue(value=Name(id='x', ctx=Load()), conversion=114), Constant(value='cd')]))])"
    ),
    (
      "PEP 758: several exception types without parentheses",
      "try: pass\nexcept A, B: pass",
      "Module(body=[Try(body=[Pass()], handlers=[ExceptHandler(type=Tuple(elts=[Name(id='A', "
        + "ctx=Load()), Name(id='B', ctx=Load())], ctx=Load()), body=[Pass()])])])"
    ),
    (
      "PEP 750: a template string",
      "t'a{x + 1 !r:>{w}}'",
      "Module(body=[Expr(value=TemplateStr(values=[Constant(value='a'), "
        + "Interpolation(value=BinOp(left=Name(id='x', ctx=Load()), op=Add(), right=Constant(value=1)), "
        + "str='x + 1', conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), "
        + "FormattedValue(value=Name(id='w', ctx=Load()), conversion=-1)]))]))])"
    ),
    (
      "PEP 750: a template string that shows its expression",
      "t'{x = }'",
      "Module(body=[Expr(value=TemplateStr(values=[Constant(value='x = '), "
        + "Interpolation(value=Name(id='x', ctx=Load()), str='x', conversion=114)]))])"
    ),
  ]

  @Test("a tree is CPython's", arguments: SyntaxTests.trees)
  func treeIsCPythons(name: String, source: String, expected: String) {
    #expect(dumpWithoutPositions(source) == expected, "\(name)")
    #expect(PythonParser.parse(Array(source.utf8)).diagnostics.isEmpty, "\(name)")
  }
}

/// The dump of a source text in the form of Python 3.14, without positions.
func dumpWithoutPositions(_ source: String) -> String {
  var text: [UInt8] = []
  PythonParser.parse(Array(source.utf8)).appendDump(DumpStyle(pythonMinor: 14), to: &text)
  var dump = String(decoding: text, as: UTF8.self)
  let pattern = /(, )?lineno=\d+, col_offset=\d+, end_lineno=\d+, end_col_offset=\d+/
  dump.replace(pattern, with: "")
  return dump
}
