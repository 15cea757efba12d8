/// The product's version, stated here and nowhere else.
public enum Merlon {
  /// Semantic version of this build.
  public static let version = "0.1.0"
  /// Where a reader of a report learns more about the tool.
  public static let informationURI = "https://github.com/merlon-security/merlon"
}
