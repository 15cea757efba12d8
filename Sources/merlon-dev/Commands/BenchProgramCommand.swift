import ArgumentParser
import Glibc
import MerlonModels
import MerlonProgram
import MerlonPython

/// `merlon-dev bench program`: what reading and understanding a tree of files costs.
struct BenchProgramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "program", abstract: "Print the CPU time of parsing, indexing and resolving files.",
    discussion: """
      Seconds of processor time over all threads: to parse, to parse and index (scopes, names, modules), and to ask \
      for the name and type of every expression that is called.
      """)

  @Option(help: "Number of threads.") var threads = 1
  @OptionGroup var input: FileArguments

  func run() throws {
    let files = try input.paths().map { SourceFile(path: $0, bytes: try readFile($0)) }
    var lines = 0
    var bytes = 0
    for file in files {
      guard case .bytes(let content) = file.content else { continue }
      lines += content.count { $0 == UInt8(ascii: "\n") }
      bytes += content.count
    }
    let start = processorTime()
    for file in files {
      if case .bytes(let content) = file.content { _ = PythonParser.parse(content) }
    }
    let parsed = processorTime()
    let options = ProgramOptions(threadCount: threads, libraries: ModelledLibraries(.builtIn))
    let program = Program(files: files, options: options)
    let indexed = processorTime()
    let counts = WorkPool.map(count: program.modules.count, threads: threads) { index in
      ask(program, program.modules[index])
    }
    let asked = processorTime()
    let calls = counts.reduce(0) { $0 + $1.calls }
    let resolved = counts.reduce(0) { $0 + $1.resolved }
    print("\(files.count) files, \(lines) lines, \(bytes) bytes, \(threads) threads")
    print("parse \(parsed - start) s, parse and index \(indexed - parsed) s, resolve \(asked - indexed) s")
    print("\(calls) calls, \(resolved) resolved; peak memory \(peakMegabytes()) MB")
  }

  private func ask(_ program: Program, _ module: Module) -> (calls: Int, resolved: Int) {
    let semantics = program.semantics(of: module)
    var calls = 0
    var resolved = 0
    module.tree.walk(module.tree.root) { node in
      guard module.tree.kind(node) == .call else { return true }
      calls += 1
      if semantics.resolveCall(node) != nil { resolved += 1 }
      _ = semantics.type(of: node)
      return true
    }
    return (calls, resolved)
  }

  /// Processor time of the whole process, in seconds.
  private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
