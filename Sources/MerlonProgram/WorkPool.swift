import Glibc
import Synchronization

/// Runs independent pieces of work on threads with a known, generous stack.
public enum WorkPool {
  /// Stack of each thread, in bytes: enough for the deepest nesting that the parser lets through.
  static let stackSize = 64 << 20

  /// The results of `body` for `0..<count`, in order, whatever thread made them.
  public static func map<Result: Sendable>(
    count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 0 else { return [] }
    let job = Job(count: count, body: body)
    var handles: [pthread_t] = []
    for _ in 0..<max(1, min(threads, count)) {
      if let handle = start(job) { handles.append(handle) }
    }
    if handles.isEmpty { job.run() }
    for handle in handles { pthread_join(handle, nil) }
    return job.results()
  }

  /// One thread that takes part in a job; nil when the system gives none.
  private static func start(_ job: AnyJob) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let box = Unmanaged.passRetained(job)
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<AnyJob>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    return handle
  }

  /// A job without its result type, for the C callback. It holds nothing, so threads can share it.
  private class AnyJob: @unchecked Sendable {
    func run() {}
  }

  /// Shared by the threads of one call: what can change is the atomic counter and what the mutex guards, the rest is `let`.
  private final class Job<Result: Sendable>: AnyJob, @unchecked Sendable {
    private let next = Atomic<Int>(0)
    private let count: Int
    private let body: @Sendable (Int) -> Result
    private let collected = Mutex<[(Int, Result)]>([])

    init(count: Int, body: @escaping @Sendable (Int) -> Result) {
      self.count = count
      self.body = body
    }

    override func run() {
      var own: [(Int, Result)] = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        own.append((index, body(index)))
      }
      collected.withLock { $0.append(contentsOf: own) }
    }

    func results() -> [Result] {
      collected.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
    }
  }
}
