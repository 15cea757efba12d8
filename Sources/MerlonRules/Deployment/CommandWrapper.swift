import MerlonBase

/// Takes what stands around a server's command line off it, one wrapper a step.
struct CommandWrapper {
  private(set) var words: ArraySlice<ShellWord>
  private(set) var environment: [(name: String, value: ShellWord)]
  private(set) var helpers: [(helper: ServerCommand.Helper, word: ShellWord)] = []
  /// Shell text that the command hands to another shell; nothing else follows then.
  private(set) var script: ShellWord?

  init(words: ArraySlice<ShellWord>, environment: [(name: String, value: ShellWord)]) {
    self.words = words
    self.environment = environment
  }

  /// Removes one wrapper; false when the first word is none.
  mutating func unwrap() -> Bool {
    guard script == nil, let first = words.first else { return false }
    let name = ServerCommand.baseName(first.text)
    switch name {
    case "exec", "nohup", "command", "time", "eval", "opentelemetry-instrument", "ddtrace-run", "catatonit",
      "dumb-init", "tini", "docker-init", "sudo", "xvfb-run", "nice", "ionice", "stdbuf", "timeout":
      words.removeFirst()
      skipOptions(withValue: name == "sudo" ? ["-u", "-g"] : name == "nice" ? ["-n"] : ["-p"])
      if name == "timeout" { words = words.dropFirst() }
    case "env":
      words.removeFirst()
      skipOptions(withValue: ["-u", "-C"])
      takeAssignments()
    case "gosu", "su-exec", "setuidgid", "s6-setuidgid":
      words = words.dropFirst(2)
    case "setpriv", "chpst":
      words.removeFirst()
      skipOptions(withValue: ["-u", "-U", "-e", "-m"])
    case "poetry", "pipenv", "pdm", "rye", "hatch", "pixi", "uv", "conda", "micromamba", "mamba", "doppler",
      "infisical", "op", "newrelic-admin":
      return unwrapRunner(name)
    case "uvx":
      words.removeFirst()
      skipOptions(withValue: ["--with", "--from", "--python", "-p"])
    case "coverage":
      guard words.dropFirst().first?.text == "run" else { return false }
      words = words.dropFirst(2)
      skipCoverageOptions()
    case "sh", "bash", "dash", "zsh", "ash": return unwrapShell()
    case "watchfiles", "watchmedo", "nodemon", "entr", "jurigged": return unwrapReloader(name, first)
    case _ where name.hasPrefix("python") || name.hasPrefix("pypy"): return unwrapPython()
    default:
      // `wait-for-it.sh db:5432 -- uvicorn …`, `/entrypoint.sh uvicorn …`.
      if ServerCommand.Program(rawValue: name) != nil { return false }
      // An interpreter whose name is a variable: `"$PYTHON" -m uvicorn`.
      if !first.isLiteral, words.dropFirst().first?.text == "-m" { return unwrapPython() }
      guard let separator = words.firstIndex(where: { $0.text == "--" }) else {
        guard name.hasSuffix(".sh"), words.count > 1 else { return false }
        words.removeFirst()
        return true
      }
      words = words[(separator + 1)...]
    }
    return true
  }

  /// `poetry run`, `uv run --frozen --with x`, `conda run -n base`.
  private mutating func unwrapRunner(_ name: String) -> Bool {
    words.removeFirst()
    skipOptions(withValue: ["--project", "--directory", "-C", "--env", "-e"])
    guard let verb = words.first?.text, ["run", "run-program", "exec"].contains(verb) else { return false }
    words.removeFirst()
    skipOptions(
      withValue: [
        "--with", "--extra", "--group", "--env-file", "--python", "-p", "-n", "--name", "--project", "--directory",
        "--package", "--no-group", "--only-group", "--prefix", "--config", "-c", "--token", "-e", "--env",
      ])
    if words.first?.text == "-m" || words.first?.text == "--module" { words.removeFirst() }
    return true
  }

  private mutating func unwrapShell() -> Bool {
    var rest = words.dropFirst()
    while let word = rest.first, word.text.hasPrefix("-") || word.text.hasPrefix("+") {
      rest.removeFirst()
      if !word.text.hasPrefix("--"), word.text.contains("c") {
        script = rest.first
        words = []
        return script != nil
      }
      if word.text == "-o" || word.text == "+o" { rest = rest.dropFirst() }
    }
    // `sh entrypoint.sh uvicorn …`.
    guard rest.count > 1 else { return false }
    words = rest.dropFirst()
    return true
  }

  /// `python -m uvicorn`, `python -X dev -m debugpy --listen 0.0.0.0:5678 -m uvicorn`.
  private mutating func unwrapPython() -> Bool {
    var rest = words.dropFirst()
    while let word = rest.first, word.text.hasPrefix("-") {
      rest.removeFirst()
      switch word.text {
      case "-m":
        guard let module = rest.first else { return false }
        words = rest
        if module.text == "debugpy" || module.text == "pydevd" {
          helpers.append((.debugger, module))
          return unwrapDebugger()
        }
        return true
      case "-X", "-W": rest = rest.dropFirst()
      case "-c": return false
      default: break
      }
    }
    // A program given by path: `python /venv/bin/uvicorn`, `python -m` aside.
    guard let program = rest.first, ServerCommand.Program(rawValue: ServerCommand.baseName(program.text)) != nil else {
      return false
    }
    words = rest
    return true
  }

  private mutating func unwrapDebugger() -> Bool {
    var rest = words.dropFirst()
    while let word = rest.first {
      rest.removeFirst()
      if word.text == "-m" { break }
      if word.text == "--listen" || word.text == "--connect" || word.text == "--log-to" { rest = rest.dropFirst() }
      if !word.text.hasPrefix("-") {
        words = [word] + rest
        return true
      }
    }
    words = rest
    return true
  }

  /// `watchfiles "uvicorn shop:app"`, `watchmedo auto-restart -d . -- uvicorn …`, `nodemon --exec uvicorn …`.
  private mutating func unwrapReloader(_ name: String, _ word: ShellWord) -> Bool {
    helpers.append((.reloader(name), word))
    let rest = words.dropFirst()
    if let separator = rest.firstIndex(where: { $0.text == "--" }) {
      words = rest[(separator + 1)...]
      return true
    }
    if let quoted = rest.first(where: { $0.text.contains(" ") && !$0.text.hasPrefix("-") }) {
      script = quoted
      words = []
      return true
    }
    guard
      let start = rest.firstIndex(where: { ServerCommand.Program(rawValue: ServerCommand.baseName($0.text)) != nil })
    else { return false }
    words = rest[start...]
    return true
  }

  private mutating func skipCoverageOptions() {
    while let word = words.first, word.text.hasPrefix("-") {
      words.removeFirst()
      if word.text == "-m" { return }
    }
  }

  private mutating func skipOptions(withValue: Set<String>) {
    while let word = words.first, word.text.hasPrefix("-") {
      words.removeFirst()
      if word.text == "--" { return }
      if withValue.contains(word.text) { words = words.dropFirst() }
    }
  }

  private mutating func takeAssignments() {
    while let word = words.first, let assignment = ShellReader.assignment(word) {
      environment.append(assignment)
      words.removeFirst()
    }
  }
}
