/// A half-open range of UTF-8 byte offsets in one file.
public struct TextRange: Sendable, Hashable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset behind the last byte; never smaller than `start`.
  public var end: UInt32

  @inlinable public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = Swift.max(start, end)
  }

  @inlinable public var count: Int { Int(end - start) }
  @inlinable public var isEmpty: Bool { start == end }

  @inlinable public func contains(_ other: TextRange) -> Bool {
    start <= other.start && other.end <= end
  }
}

/// A place in a text file as people and editors count.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// Line number, from 1.
  public var line: Int
  /// Column in UTF-8 bytes, from 0 (as CPython's `col_offset`); reports add 1.
  public var column: Int

  @inlinable public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A span of one file: where a finding, a flow step or a limit lies.
public struct SourceLocation: Sendable, Hashable {
  /// Path relative to the scanned root, with `/` between the parts.
  public var path: String
  public var range: TextRange
  public var start: SourcePosition
  public var end: SourcePosition

  public init(path: String, range: TextRange, start: SourcePosition, end: SourcePosition) {
    self.path = path
    self.range = range
    self.start = start
    self.end = end
  }
}
