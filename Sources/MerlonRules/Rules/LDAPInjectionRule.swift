import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's in filters and names of LDAP.
struct LDAPInjectionRule: ModelRule {
  static let weakness = Weakness.ldapInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.ldap], as: Self.weakness, in: context) {
      "the filter of `\($0.calleeName)`"
    }
  }
}
