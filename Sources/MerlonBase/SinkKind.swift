/// What a value decides at a place where it can do harm. Library models name kinds (`Sink("sql")`), and so do the models
/// of a project; any other name is a kind of its own, for the rules of that project.
public struct SinkKind: RawRepresentable, Sendable, Hashable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// Which file is read, or sent.
  public static let fileRead = SinkKind(rawValue: "fileRead")
  /// Which file is written, moved or deleted.
  public static let fileWrite = SinkKind(rawValue: "fileWrite")
  /// Where a request of the server goes.
  public static let requestURL = SinkKind(rawValue: "requestURL")
  /// Which program or shell command runs.
  public static let command = SinkKind(rawValue: "command")
  /// Python code that runs, or the name of what is called.
  public static let code = SinkKind(rawValue: "code")
  public static let sql = SinkKind(rawValue: "sql")
  /// The source of a template.
  public static let template = SinkKind(rawValue: "template")
  /// HTML as the browser reads it.
  public static let html = SinkKind(rawValue: "html")
  /// Where the browser is sent.
  public static let redirect = SinkKind(rawValue: "redirect")
  /// A regular expression.
  public static let pattern = SinkKind(rawValue: "pattern")
  /// A query of a document store: a value that may be an object brings operators (`{"$ne": ""}`).
  public static let nosql = SinkKind(rawValue: "nosql")
  /// A search filter or a distinguished name of LDAP.
  public static let ldap = SinkKind(rawValue: "ldap")
  public static let xpath = SinkKind(rawValue: "xpath")
  /// A header of a response, a request or a mail.
  public static let header = SinkKind(rawValue: "header")
  /// A line of a log.
  public static let log = SinkKind(rawValue: "log")
  /// Objects that are rebuilt from bytes, where that can run code.
  public static let deserialize = SinkKind(rawValue: "deserialize")
  /// Bytes that are unpacked in memory, without a bound.
  public static let decompress = SinkKind(rawValue: "decompress")
  /// How often or how much: a count of turns, seconds or bytes.
  public static let amount = SinkKind(rawValue: "amount")

  /// The kinds that Merlon's own rules know.
  public static let known: [SinkKind] = [
    .fileRead, .fileWrite, .requestURL, .command, .code, .sql, .template, .html, .redirect, .pattern, .nosql, .ldap,
    .xpath, .header, .log, .deserialize, .decompress, .amount,
  ]
}
