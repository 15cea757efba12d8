/// How the findings of a run compare with those of a former one.
public struct BaselineComparison: Sendable, Hashable {
  /// Findings of this run that the former one did not have.
  public var new: Int
  /// Findings that both have.
  public var unchanged: Int
  /// Findings of the former run that are gone.
  public var fixed: Int

  public init(new: Int, unchanged: Int, fixed: Int) {
    self.new = new
    self.unchanged = unchanged
    self.fixed = fixed
  }
}
