import MerlonCatalog
import MerlonScan

/// The catalogue as arguments and messages of the command line need it.
enum Catalogue {
  /// Id and name of every weakness.
  static var names: [(id: String, name: String)] { Weakness.all.map { ($0.id, $0.name) } }

  /// The weakness that an argument names.
  ///
  /// - Throws: `UsageFailure` with the nearest name.
  static func weakness(_ idOrName: String) throws -> Weakness {
    if let weakness = Weakness.find(idOrName) { return weakness }
    throw UsageFailure(RuleSelection.unknownMessage(idOrName, among: names))
  }
}
