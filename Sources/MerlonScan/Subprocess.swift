import Glibc
import Synchronization

/// Runs another program to its end and collects what it writes.
package struct Subprocess: Sendable {
  package struct Result: Sendable {
    /// What the program exited with; 128 and the signal's number where a signal ended it.
    package var status: Int32
    package var output: [UInt8]
    /// At most the first 64 KiB.
    package var errorOutput: [UInt8]
  }

  package enum Failure: Error, Sendable, Hashable {
    /// The program is missing or can't be started; the system's words.
    case notStarted(String)
    /// More output than the limit.
    case tooMuchOutput
  }

  /// Searched in `PATH` where it has no `/`.
  package var program: String
  package var arguments: [String]
  /// Variables set or replaced, the rest is inherited; nil takes a variable away.
  package var environment: [String: String?]
  package var input: [UInt8]
  /// Bytes of standard output after which the program is ended.
  package var outputLimit: Int

  package init(
    program: String, arguments: [String], environment: [String: String?] = [:], input: [UInt8] = [], outputLimit: Int
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.outputLimit = outputLimit
  }

  package func run() throws(Failure) -> Result {
    var (pipes, child) = try Self.startLock.withLock { _ throws(Failure) in try startWithPipes() }
    defer { for descriptor in pipes where descriptor >= 0 { close(descriptor) } }
    for index in [0, 3, 5] {
      close(pipes[index])
      pipes[index] = -1
    }
    var exchange = Exchange(input: pipes[1], output: pipes[2], errors: pipes[4])
    let isComplete = exchange.run(input: input, outputLimit: outputLimit)
    if exchange.inputDescriptor < 0 { pipes[1] = -1 }
    if !isComplete { kill(child, SIGKILL) }
    var state: Int32 = 0
    while waitpid(child, &state, 0) < 0 && errno == EINTR {}
    if !isComplete { throw .tooMuchOutput }
    let signal = state & 0x7F
    let status = signal == 0 ? (state >> 8) & 0xFF : 128 + signal
    return Result(status: status, output: exchange.outputBytes, errorOutput: exchange.errorBytes)
  }

  /// Held from the making of the pipes until the program runs: another one started in between would inherit them and
  /// keep them open.
  private static let startLock = Mutex(())

  private func startWithPipes() throws(Failure) -> ([Int32], pid_t) {
    var pipes: [Int32] = []
    do throws(Failure) {
      for _ in 0..<3 {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .notStarted(Self.message(errno)) }
        pipes += ends
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      }
      return (pipes, try start(standard: [pipes[0], pipes[3], pipes[5]]))
    } catch {
      for descriptor in pipes { close(descriptor) }
      throw error
    }
  }

  private func start(standard: [Int32]) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // This program ignores SIGPIPE; the other one shall not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environmentLines().map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw .notStarted(Self.message(code)) }
    return child
  }

  private func environmentLines() -> [String] {
    var lines: [String] = []
    var next = environ
    while let line = next.pointee {
      let text = String(cString: line)
      let name = String(text.prefix { $0 != "=" })
      if environment[name] == nil { lines.append(text) }
      next += 1
    }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      if let value { lines.append("\(name)=\(value)") }
    }
    return lines
  }

  private static func message(_ code: Int32) -> String {
    (strerror(code).map { String(cString: $0) } ?? "error \(code)").lowercasedFirst
  }
}

/// Writes and reads three pipes at once, so that neither side waits for the other.
private struct Exchange {
  /// -1 once it is closed.
  var inputDescriptor: Int32
  private var output: Int32
  private var errors: Int32
  private(set) var outputBytes: [UInt8] = []
  private(set) var errorBytes: [UInt8] = []

  init(input: Int32, output: Int32, errors: Int32) {
    inputDescriptor = input
    self.output = output
    self.errors = errors
    for descriptor in [input, output, errors] {
      let flags = fcntl(descriptor, F_GETFL)
      _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }
  }

  /// Answers whether all was read within the limit.
  mutating func run(input: [UInt8], outputLimit: Int) -> Bool {
    var written = 0
    var chunk = [UInt8](repeating: 0, count: 65_536)
    if input.isEmpty { closeInput() }
    while output >= 0 || errors >= 0 {
      var waits = [
        pollfd(fd: inputDescriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waits, 3, -1) >= 0 || errno == EINTR else { return false }
      if inputDescriptor >= 0, waits[0].revents != 0 {
        let count = input[written...].withUnsafeBytes { write(inputDescriptor, $0.baseAddress, $0.count) }
        if count > 0 { written += count }
        if written == input.count || (count < 0 && errno != EAGAIN && errno != EINTR) { closeInput() }
      }
      if output >= 0, waits[1].revents != 0 {
        let count = read(output, &chunk, chunk.count)
        if count > 0 {
          outputBytes += chunk[..<count]
          if outputBytes.count > outputLimit { return false }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          output = -1
        }
      }
      if errors >= 0, waits[2].revents != 0 {
        let count = read(errors, &chunk, chunk.count)
        if count > 0 {
          errorBytes += chunk[..<min(count, max(0, 65_536 - errorBytes.count))]
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
          errors = -1
        }
      }
    }
    return true
  }

  private mutating func closeInput() {
    close(inputDescriptor)
    inputDescriptor = -1
  }
}
