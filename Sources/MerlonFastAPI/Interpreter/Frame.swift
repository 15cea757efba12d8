import MerlonProgram
import MerlonPython

/// The names of one scope while it is run: of a module, a class body, or one call of a function.
final class Frame {
  var names: [String: PythonValue] = [:]
  /// The scope around it, class bodies left out as Python does; nil for modules.
  let enclosing: Frame?
  /// The module whose code runs here.
  var module: ModuleObject?
  /// The tree that the nodes evaluated here belong to.
  let tree: Tree
  let kind: Kind

  enum Kind { case module, function, classBody, comprehension }

  /// Names that a `global` statement sends to the module, or `nonlocal` outwards.
  var globalNames: Set<String> = []
  var nonlocalNames: Set<String> = []
  /// Values that are found out when somebody asks: imports for type checkers, members of half-run modules.
  var late: [String: () -> PythonValue?] = [:]
  /// The function that runs here, and its first argument, for `super()`.
  var function: FunctionObject?
  var receiver: PythonValue?
  /// The class whose body runs here.
  var classObject: ClassObject?
  /// True while the targets of a comprehension are bound: they stay inside, what `:=` binds goes out.
  var bindsTargets = false
  /// True once the interpreter keeps it for closures.
  var isKept = false
  /// What `return` and `yield` gave so far.
  var returned: [PythonValue] = []
  var yielded: [PythonValue] = []

  init(enclosing: Frame?, module: ModuleObject?, kind: Kind = .module) {
    self.enclosing = enclosing
    self.module = module ?? enclosing?.module
    self.tree = enclosing?.tree ?? module?.frame.tree ?? Frame.emptyTree
    self.kind = kind
  }

  /// The frame of a module whose code is `tree`.
  init(tree: Tree?) {
    self.enclosing = nil
    self.module = nil
    self.tree = tree ?? Frame.emptyTree
    self.kind = .module
  }

  /// A frame for code of another tree in the names of `enclosing`; its nodes have no place in a module.
  init(enclosing: Frame, tree: Tree) {
    self.enclosing = enclosing
    self.module = nil
    self.tree = tree
    self.kind = .function
  }

  private static let emptyTree = PythonParser.parse([])

  /// The frame in which functions that are defined here look up names: class bodies are left out.
  var lexical: Frame { kind == .classBody ? enclosing ?? self : self }

  /// The frame of the module around.
  var root: Frame {
    var frame = self
    while let outer = frame.enclosing { frame = outer }
    return frame
  }

  /// Lets go of all values.
  func clear() {
    names = [:]
    late = [:]
    function = nil
    receiver = nil
    classObject = nil
    returned = []
    yielded = []
    module = nil
  }
}
