import ArgumentParser
import Glibc
import MerlonPython

/// `merlon-dev bench parse`: parses files on one thread and says how much of the time was the parser's.
struct BenchParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse", abstract: "Parse files on one thread and print what it took, as JSON.")

  @Option(help: "How often each file is parsed.")
  var repeats = 1

  @OptionGroup var input: FileArguments

  func run() throws {
    var bytes = 0
    var nodes = 0
    var broken = 0
    var files = 0
    var seconds = 0.0
    for path in try input.paths() {
      guard let content = try? readFile(path) else { continue }
      files += 1
      bytes += content.count
      let start = processorSeconds()
      for _ in 0..<max(repeats, 1) {
        let tree = PythonParser.parse(content)
        nodes += tree.nodes.count
        broken += tree.diagnostics.isEmpty ? 0 : 1
      }
      seconds += processorSeconds() - start
    }
    let count = Double(max(repeats, 1))
    print(
      """
      {"files": \(files), "bytes": \(bytes), "nodes": \(nodes / max(repeats, 1)), \
      "broken": \(broken / max(repeats, 1)), "parse_seconds": \(seconds / count)}
      """)
  }
}

/// Processor time of this process, in seconds.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
