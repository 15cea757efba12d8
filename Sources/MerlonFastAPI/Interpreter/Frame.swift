import MerlonProgram

/// The names of one scope while it is run: of a module, a class body, or one call of a function.
final class Frame {
  var names: [String: PythonValue] = [:]
  /// The scope around it, class bodies left out as Python does; nil for modules.
  let enclosing: Frame?
  /// The module whose code runs here.
  weak var module: ModuleObject?

  init(enclosing: Frame?, module: ModuleObject?) {
    self.enclosing = enclosing
    self.module = module
  }
}
