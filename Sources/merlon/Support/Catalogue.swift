import MerlonReport

/// The catalogue in the forms that the command line passes on.
enum Catalogue {
  /// Id and name of every weakness.
  static var names: [(id: String, name: String)] { [] }
  /// What reports tell of every weakness.
  static var descriptions: [RuleDescription] { [] }
}
