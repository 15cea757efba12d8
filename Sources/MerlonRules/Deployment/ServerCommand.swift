import MerlonBase

/// A command line that starts an application server, with the wrappers around it taken off (`poetry run`, `exec`,
/// `tini --`, `sh -c "…"`, `python -m`).
struct ServerCommand: Sendable {
  enum Program: String, Sendable, Hashable {
    case uvicorn, gunicorn, hypercorn, granian, fastapi
  }

  /// A helper of development around the server.
  enum Helper: Sendable, Hashable {
    /// `python -m debugpy`: whoever reaches its port runs code.
    case debugger
    /// `watchfiles`, `watchmedo`, `nodemon`: restarts the server when a file changes.
    case reloader(String)
  }

  var program: Program
  var programWord: ShellWord
  /// Options by long name without dashes (`reload`, `forwarded-allow-ips`); the value is nil for flags.
  var options: [String: Option] = [:]
  /// Words that are neither options nor their values: `dev`, `shop.main:app`.
  var arguments: [ShellWord] = []
  /// Variables set in front of the command.
  var environment: [(name: String, value: ShellWord)] = []
  var helpers: [(helper: Helper, word: ShellWord)] = []
  /// From the first word that was recognised to the last.
  var range: TextRange
  var isConditional: Bool

  struct Option: Sendable, Hashable {
    var word: ShellWord
    var value: ShellWord?
  }

  /// `module:attribute` or the path that is served.
  var target: String? {
    (program == .fastapi ? arguments.dropFirst().first : arguments.first { $0.text.contains(":") })?.text
  }

  /// Address that the server listens on, as far as it is written; nil when it is the server's default.
  var host: String? {
    if let host = options["host"]?.value?.text { return host }
    guard let bind = options["bind"]?.value?.text else { return nil }
    if bind.hasPrefix("unix:") || bind.hasPrefix("fd://") { return bind }
    guard let colon = bind.lastIndex(of: ":") else { return bind }
    return String(bind[..<colon])
  }

  /// True when only processes of the same machine can connect.
  var isLocalOnly: Bool {
    if options["uds"] != nil || options["fd"] != nil { return true }
    if let host {
      return host.hasPrefix("unix:") || host.hasPrefix("fd://") || host == "localhost" || host.hasPrefix("127.")
        || host == "::1" || host == "[::1]"
    }
    // `fastapi run` listens on all interfaces, the others on 127.0.0.1 unless told otherwise.
    return !(program == .fastapi && arguments.first?.text == "run")
  }

  var listensOnAllInterfaces: Bool { host.map { ["0.0.0.0", "::", "[::]", ""].contains($0) } ?? false }
}

extension ServerCommand {
  /// The servers that a shell text starts.
  static func all(in text: PlacedText) -> [ServerCommand] { all(in: text, depth: 0) }

  /// The server that a list of words starts (`CMD ["uvicorn", …]`), or those of the shell text in `["sh", "-c", "…"]`.
  static func all(in words: [ShellWord]) -> [ServerCommand] {
    guard let first = words.first, let last = words.last else { return [] }
    let range = TextRange(start: first.range.start, end: max(first.range.end, last.range.end))
    return resolve(ShellCommand(words: words, range: range), depth: 0)
  }

  private static func all(in text: PlacedText, depth: Int) -> [ServerCommand] {
    var exported: [(name: String, value: ShellWord)] = []
    var result: [ServerCommand] = []
    for command in ShellReader.commands(text) {
      if command.words.isEmpty {
        exported += command.assignments
      } else if command.words.first?.text == "export" {
        exported += command.words.dropFirst().compactMap(ShellReader.assignment)
      }
      if exported.count > 256 { exported.removeFirst(exported.count - 256) }
      result += resolve(command, depth: depth).map { server in
        var server = server
        server.environment += exported.filter { known in !server.environment.contains { $0.name == known.name } }
        return server
      }
    }
    return result
  }

  /// Deepest nesting of `sh -c` that is followed.
  private static let maximumDepth = 4

  private static func resolve(_ command: ShellCommand, depth: Int) -> [ServerCommand] {
    guard depth <= maximumDepth else { return [] }
    var wrapper = CommandWrapper(words: command.words[...], environment: command.assignments)
    // Each wrapper takes at least one word; a line of a thousand wrappers is none.
    for _ in 0..<32 where wrapper.unwrap() {}
    if let script = wrapper.script {
      return all(in: script.placed, depth: depth + 1).map { server in
        var server = server
        server.environment += wrapper.environment
        server.helpers = wrapper.helpers + server.helpers
        server.isConditional = server.isConditional || command.isConditional
        return server
      }
    }
    guard let first = wrapper.words.first, let program = Program(rawValue: baseName(first.text)) else { return [] }
    var server = ServerCommand(
      program: program, programWord: first, environment: wrapper.environment, helpers: wrapper.helpers,
      range: TextRange(start: first.range.start, end: wrapper.words.last?.range.end ?? first.range.end),
      isConditional: command.isConditional)
    server.readOptions(wrapper.words.dropFirst())
    return [server]
  }

  static func baseName(_ path: String) -> String {
    String(path.split(separator: "/", omittingEmptySubsequences: true).last ?? "")
  }

  private mutating func readOptions(_ words: ArraySlice<ShellWord>) {
    var words = words
    while let word = words.popFirst() {
      if word.text == "--" { continue }
      guard word.text.hasPrefix("-"), word.text.count > 1 else {
        arguments.append(word)
        continue
      }
      var name = word.text.drop { $0 == "-" }
      var value: ShellWord?
      if let equals = name.firstIndex(of: "=") {
        value = ShellWord(
          text: String(name[name.index(after: equals)...]), range: word.range, isLiteral: word.isLiteral)
        name = name[..<equals]
      }
      var key = String(name)
      if !word.text.hasPrefix("--") {
        // `-b0.0.0.0:80` and `-b 0.0.0.0:80`.
        let short = String(name.prefix(1))
        key = Self.shortNames[short] ?? short
        if name.count > 1, value == nil {
          value = ShellWord(text: String(name.dropFirst()), range: word.range, isLiteral: word.isLiteral)
        }
      }
      if value == nil, !Self.flags.contains(key), let next = words.first, !next.text.hasPrefix("-") {
        value = next
        words.removeFirst()
      }
      options[key] = Option(word: word, value: value)
    }
  }

  /// Options without a value, of uvicorn 0.38, gunicorn 23, hypercorn 0.17, granian 2.5 and fastapi-cli 0.0.14.
  private static let flags: Set<String> = [
    "reload", "no-reload", "debug", "access-log", "no-access-log", "use-colors", "no-use-colors", "proxy-headers",
    "no-proxy-headers", "server-header", "no-server-header", "date-header", "no-date-header", "factory", "version",
    "help", "preload", "preload-app", "daemon", "D", "spew", "check-config", "print-config", "reuse-port",
    "capture-output", "enable-stdio-inheritance", "no-sendfile", "reload-engine-auto", "ws", "no-ws",
    "log-enabled", "no-log", "reset-contextvars",
  ]

  private static let shortNames = [
    "b": "bind", "w": "workers", "k": "worker-class", "c": "config", "t": "timeout", "e": "env", "n": "name",
  ]
}
