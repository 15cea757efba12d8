import Glibc

/// The stack of the thread on which the interpreter runs.
enum Stack {
  /// Bytes that one level of calls may need below the point where it is asked.
  private static let reserve: UInt = 192 * 1024

  /// Bytes of the stack of a thread that `run` starts.
  static let ownSize = 512 << 20

  /// True when the thread has room for another level; `bound` and `thread` keep what was found out.
  ///
  /// - Parameter size: bytes of the thread's stack below the first place that asks.
  static func hasRoom(bound: inout UInt, thread: inout UInt, size: UInt) -> Bool {
    let current = UInt(pthread_self())
    var mark: UInt8 = 0
    let place = withUnsafeMutablePointer(to: &mark) { UInt(bitPattern: $0) }
    if thread != current {
      thread = current
      bound = place > size ? place - size + reserve : reserve
    }
    return place > bound
  }

  /// Runs `body` on a thread of its own with a stack of `size` bytes and waits for it; on this one when none is to be had.
  static func run<Result>(size: Int = ownSize, _ body: () -> Result) -> Result {
    var result: Result?
    let call = { result = body() }
    withoutActuallyEscaping(call) { work in
      let box = Unmanaged.passRetained(Work(work))
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, size)
      var thread = pthread_t()
      let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().body() }
        return nil
      }
      let status = pthread_create(&thread, &attributes, start, box.toOpaque())
      if status == 0 { pthread_join(thread, nil) }
      box.release()
    }
    return result ?? body()
  }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
