import ArgumentParser
import Glibc
import MerlonBase

/// The program: turns arguments into a verb, and whatever happens into one of four exit codes.
@main
enum Main {
  static func main() {
    // A reader that goes away (`merlon scan | head`) is seen as a failed write, not as a signal.
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      try checkVerb(arguments)
      var command = try MerlonCommand.parseAsRoot(arguments)
      try command.run()
      return .clean
    } catch let status as ExitStatus {
      return status
    } catch let failure as UsageFailure {
      for problem in failure.problems { Terminal.tell("merlon: error: \(problem.description)") }
      return .usage
    } catch {
      return report(error)
    }
  }

  /// The argument parser suggests flags, but not verbs.
  private static func checkVerb(_ arguments: [String]) throws {
    let verbs = MerlonCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let verb = arguments.first, !verb.hasPrefix("-"), !verbs.contains(verb) else { return }
    let advice =
      Nearest.match(for: verb, among: verbs).map { "did you mean `\($0)`?" }
      ?? "known: " + verbs.joined(separator: ", ")
    throw UsageFailure("unknown verb `\(verb)`; \(advice)")
  }

  /// What the argument parser throws: help and versions, which are answers, and wrong usage.
  private static func report(_ error: any Error) -> ExitStatus {
    let text = MerlonCommand.fullMessage(for: error)
    if MerlonCommand.exitCode(for: error).isSuccess {
      return Terminal.write(Array((text + "\n").utf8)) ? .clean : .incomplete
    }
    Terminal.tell(text)
    return .usage
  }
}

/// The exit codes of every verb.
enum ExitStatus: Int32, Error {
  /// Nothing at or above the threshold.
  case clean = 0
  /// Findings at or above it.
  case findings = 1
  /// Wrong usage or configuration.
  case usage = 2
  /// The run is not to be trusted.
  case incomplete = 3
}

/// Wrong usage or configuration, each fault with its place.
struct UsageFailure: Error {
  var problems: [Problem]

  init(_ problems: [Problem]) { self.problems = problems }
  init(_ message: String) { problems = [Problem(message: message)] }
}
