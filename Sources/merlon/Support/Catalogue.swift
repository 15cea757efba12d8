import MerlonCatalog

/// The catalogue in the forms that the command line passes on.
enum Catalogue {
  /// Id and name of every weakness.
  static var names: [(id: String, name: String)] { Weakness.all.map { ($0.id, $0.name) } }
}
