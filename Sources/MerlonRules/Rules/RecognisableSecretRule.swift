import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for texts that are secrets by their form, whatever they are called: a provider's token, and the password in the
/// address of a server.
struct RecognisableSecretRule: SyntaxRule {
  static let weakness = Weakness.hardCodedSecret
  static let kinds: [NodeKind] = [.constant]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    guard (16...512).contains(tree.range(node).count), let text = tree.stringValue(node) else { return }
    if DeploymentSecrets.isProviderToken(text), text.utf8.allSatisfy(Self.isPasswordByte) {
      guard !isNamedSecret(node, context) else { return }
      context.report(
        Self.weakness, at: node,
        "a provider's token is written into the source, where every reader of the repository has it")
    } else if isAddressWithPassword(text), !isNamedSecret(node, context) {
      context.report(
        Self.weakness, at: node,
        "the password of this address is written into the source, where every reader of the repository has it")
    }
  }

  /// The value of a name that tells of a secret is the matter of the rules for names.
  private func isNamedSecret(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    let statement = context.module.enclosingStatement(of: node)
    let targets: [NodeID]
    switch tree.kind(statement) {
    case .assign: targets = Array(tree[tree.assign(statement).targets])
    case .annAssign: targets = [tree.annAssign(statement).target]
    default: return false
    }
    return targets.contains { context.spelledName($0).flatMap(SensitiveNames.kind(of:)) != nil }
  }

  /// `scheme://user:password@host` with a password that looks generated, and not of this machine or of an example.
  private func isAddressWithPassword(_ text: String) -> Bool {
    guard let password = DeploymentSecrets.password(inURL: text), !DeploymentSecrets.isWellKnown(password),
      password.utf8.allSatisfy(Self.isPasswordByte), DeploymentSecrets.looksRandom(password)
    else { return false }
    return !["@localhost", "@127.0.0.1", "@[::1]", "@example", ".example"].contains { text.contains($0) }
  }

  /// Letters, digits and the signs that may stand in an address: a pattern or a template has others.
  private static func isPasswordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-_~!.%+=".utf8.contains(byte)
    }
  }
}
