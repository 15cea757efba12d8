import MerlonProgram
import MerlonPython

/// Writes that were done under an unknown condition, with what was there before.
///
/// Both branches of an unknown `if` start from the same values, and what they leave is joined. So each write to a name
/// or an attribute is noted: the first branch's writes are undone, the second is run, then both results are put together.
struct Journal {
  enum Place: Hashable {
    case name(ObjectIdentifier, String)
    case attribute(ObjectIdentifier, String)
  }

  struct Entry {
    var old: PythonValue?
    /// Puts a value back, or takes it away.
    var restore: (PythonValue?) -> Void
    var current: () -> PythonValue?
  }

  var entries: [Place: Entry] = [:]
  var order: [Place] = []
}

extension Interpreter {
  // MARK: Looking up

  /// The value of a name as code in `frame` sees it; nil when it is not defined.
  func lookup(_ name: String, in frame: Frame) -> PythonValue? {
    var current: Frame? = frame
    if frame.globalNames.contains(name) { current = frame.root }
    while let scope = current {
      if let value = scope.names[name] { return value }
      if !scope.late.isEmpty, let late = scope.late[name] {
        scope.late[name] = nil
        if let value = late() {
          scope.names[name] = value
          return value
        }
      }
      if scope.enclosing == nil { return moduleFallback(name, scope) }
      current = scope.enclosing
    }
    return nil
  }

  private func moduleFallback(_ name: String, _ scope: Frame) -> PythonValue? {
    if let pending = scope.module?.takeDeferred(), !pending.isEmpty {
      for body in pending { _ = execute(body, in: scope) }
      if let value = scope.names[name] { return value }
    }
    switch name {
    case "__name__": return (scope.module?.name).map { .string($0) }
    case "__file__": return .string(scope.module?.module?.path ?? "")
    case "__package__": return (scope.module?.packageName).map { .string($0) }
    case "__doc__": return PythonValue.none
    default: return builtins.names[name] ?? natives["builtins." + name].map { .native($0) }
    }
  }

  // MARK: Binding

  /// Binds a name where an assignment in `frame` binds it.
  func bind(_ name: String, _ value: PythonValue, in frame: Frame) {
    var target = frame
    var value = value
    if !fixedNames.isEmpty, let fixed = fixedNames[name], frame.module?.name == "merlon_runtime" { value = fixed }
    if frame.kind == .comprehension, !frame.bindsTargets, let outer = frame.enclosing {
      return bind(name, value, in: outer)
    }
    if !frame.globalNames.isEmpty, frame.globalNames.contains(name) {
      target = frame.root
    } else if !frame.nonlocalNames.isEmpty, frame.nonlocalNames.contains(name) {
      var outer = frame.enclosing
      while let scope = outer, scope.names[name] == nil, scope.enclosing != nil { outer = scope.enclosing }
      target = outer ?? frame
    }
    note(name, of: target)
    target.names[name] = value
    if let type = target.classObject { type.namespace[name] = value }
  }

  func unbind(_ name: String, in frame: Frame) {
    let target = frame.globalNames.contains(name) ? frame.root : frame
    note(name, of: target)
    target.names[name] = nil
    if let type = target.classObject { type.namespace[name] = nil }
  }

  // MARK: Journal

  /// Notes the value of a name before it is written.
  func note(_ name: String, of frame: Frame) {
    guard let last = journals.indices.last else { return }
    let place = Journal.Place.name(ObjectIdentifier(frame), name)
    guard journals[last].entries[place] == nil else { return }
    journals[last].order.append(place)
    journals[last].entries[place] = Journal.Entry(
      old: frame.names[name],
      restore: { value in
        frame.names[name] = value
        if let type = frame.classObject { type.namespace[name] = value }
      },
      current: { frame.names[name] })
  }

  /// Notes an attribute before it is written.
  func note(_ name: String, of object: InstanceObject) {
    guard let last = journals.indices.last else { return }
    let place = Journal.Place.attribute(ObjectIdentifier(object), name)
    guard journals[last].entries[place] == nil else { return }
    journals[last].order.append(place)
    journals[last].entries[place] = Journal.Entry(
      old: object.attributes[name], restore: { object.attributes[name] = $0 },
      current: { object.attributes[name] })
  }

  /// What the places of a journal hold now, and puts back what was there before.
  func rollBack(_ journal: Journal) -> [Journal.Place: PythonValue?] {
    var written: [Journal.Place: PythonValue?] = [:]
    for (place, entry) in journal.entries {
      written[place] = .some(entry.current())
      entry.restore(entry.old)
    }
    return written
  }

  /// Leaves at each place what either of two branches left there. A branch that did not end (`nil`) does not count.
  func join(
    _ first: Journal, _ firstValues: [Journal.Place: PythonValue?]?, _ second: Journal,
    _ secondValues: [Journal.Place: PythonValue?]?
  ) {
    var places = first.order
    for place in second.order where first.entries[place] == nil { places.append(place) }
    for place in places {
      guard let entry = first.entries[place] ?? second.entries[place] else { continue }
      if let last = journals.indices.last, journals[last].entries[place] == nil {
        journals[last].order.append(place)
        journals[last].entries[place] = entry
      }
      let old = entry.old
      var values: [PythonValue] = []
      var isWritten = false
      for branch in [firstValues, secondValues] {
        guard let branch else { continue }
        isWritten = true
        if let value = branch[place] ?? old { values.append(value) }
      }
      guard isWritten else { continue }
      entry.restore(values.isEmpty ? nil : PythonValue.join(values))
    }
  }
}
