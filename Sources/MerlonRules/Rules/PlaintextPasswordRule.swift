import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for passwords that are compared with the stored value itself: then what is stored is the password.
struct PlaintextPasswordRule: SyntaxRule {
  static let weakness = Weakness.plaintextPassword
  static let kinds: [NodeKind] = [.compare, .call]

  func check(_ node: NodeID, in context: RuleContext) {
    switch context.tree.kind(node) {
    case .compare: checkComparison(node, context)
    default:
      checkDigestComparison(node, context)
      checkConstruction(node, context)
    }
  }

  /// `user.password == form.password`, where one side is a stored record.
  private func checkComparison(_ node: NodeID, _ context: RuleContext) {
    let tree = context.tree
    let compare = tree.compare(node)
    let operators = tree.comparisonOperators(compare)
    guard operators.count == 1, operators.first == .equal || operators.first == .notEqual,
      let right = tree[compare.comparators].first
    else { return }
    let sides = [compare.left, right]
    guard sides.allSatisfy({ SensitiveNames.isPassword(context.spelledName($0) ?? "") }),
      sides.contains(where: { isStored($0, context) })
    else { return }
    context.report(
      Self.weakness, at: node, "the password is compared with the stored one: it is stored as it was typed")
  }

  /// `user.password`, `row["password"]`, where the owner's name says that it is a stored record.
  private func isStored(_ side: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    let owner: NodeID
    switch tree.kind(side) {
    case .attribute: owner = tree.attribute(side).value
    case .subscript: owner = tree.subscript_(side).value
    default: return false
    }
    if context.semantics.type(of: owner)?.isClassObject == true { return false }
    guard let name = context.spelledName(owner) else { return false }
    return !Set(SensitiveNames.words(of: name)).isDisjoint(with: AccountNames.words.union(["row", "record", "db"]))
  }

  private func isAccount(_ function: NodeID, _ context: RuleContext) -> Bool {
    guard let name = context.spelledName(function) else { return false }
    return !Set(SensitiveNames.words(of: name)).isDisjoint(with: AccountNames.words)
  }

  /// `secrets.compare_digest(user.password, form.password)`: right against timing, and the password is still stored.
  private func checkDigestComparison(_ node: NodeID, _ context: RuleContext) {
    guard context.modelledCalls(node).contains(where: { $0.has(.constantTimeCompare) }) else { return }
    let sides = Array(context.tree[context.tree.call(node).arguments])
    guard sides.count == 2, sides.allSatisfy({ SensitiveNames.isPassword(context.spelledName($0) ?? "") }),
      sides.contains(where: { isStored($0, context) })
    else { return }
    context.report(
      Self.weakness, at: node, "the password is compared with the stored one: it is stored as it was typed")
  }

  /// `User(password=body.password)` handed to a database session in the same function.
  private func checkConstruction(_ node: NodeID, _ context: RuleContext) {
    let tree = context.tree
    guard let value = context.keyword("password", of: node) ?? context.keyword("passwd", of: node),
      SensitiveNames.isPassword(context.spelledName(value) ?? ""),
      tree.kind(value) == .attribute || tree.kind(value) == .name,
      let function = context.module.enclosingFunction(of: node), isAccount(tree.call(node).function, context),
      isRaw(value, context), isAdded(node, function, context)
    else { return }
    // A helper's parameter may hold a hash that the caller made; the body of an operation holds what was typed.
    let isTyped = tree.kind(value) == .attribute || context.isOperation(function)
    context.report(
      Self.weakness, at: node, "the password is stored as it was typed, without a hash",
      confidence: isTyped ? .high : .low)
  }

  /// True when nothing in this function hashes the value.
  private func isRaw(_ value: NodeID, _ context: RuleContext) -> Bool {
    context.semantics.origins(of: value).allSatisfy { origin in
      switch context.tree.kind(origin) {
      case .arg, .attribute, .subscript, .name: true
      default: false
      }
    }
  }

  /// True when the object reaches `session.add(…)` in the same function.
  private func isAdded(_ construction: NodeID, _ function: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var found = false
    context.walkOwnBody(function) { node in
      guard !found, tree.kind(node) == .call, tree.kind(tree.call(node).function) == .attribute,
        ["add", "add_all", "merge", "insert_one", "save"].contains(
          tree.text(tree.attribute(tree.call(node).function).name)),
        let argument = tree[tree.call(node).arguments].first
      else { return }
      found = argument == construction || context.semantics.origins(of: argument).contains(construction)
    }
    return found
  }
}
