/// What two models of the same API have and what only one has.
public struct APIComparison: Sendable, Hashable {
  public init() {}
}
