package import MerlonBase
import MerlonCatalog

extension RuleRunner {
  /// The findings of single places with those of the model: what is known to come from a caller says more than what one
  /// place shows, of the same weakness or a kindred one.
  package static func joined(_ single: [Finding], _ model: [Finding]) -> [Finding] {
    let places = Dictionary(model.map { ($0.location, [$0.id]) }, uniquingKeysWith: +)
    return single.filter { one in
      !(places[one.location] ?? []).contains { $0 == one.id || isKindred($0, one.id) }
    } + model
  }

  /// True for weaknesses of one enumerated kind (CWE-94: code, whoever wrote it).
  private static func isKindred(_ id: String, _ other: String) -> Bool {
    guard let one = Weakness.find(id), let two = Weakness.find(other), one.family == two.family else { return false }
    return !Set(one.cwe).isDisjoint(with: two.cwe)
  }
}
