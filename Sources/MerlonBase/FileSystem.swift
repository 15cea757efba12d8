/// A path as the kernel has it: bytes without NUL, not necessarily UTF-8.
public struct RawPath: Sendable, Hashable, Comparable {
  public var bytes: [UInt8]

  public init(bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// The path for messages and reports: bytes that are not UTF-8, and control characters, are written as `\xNN`.
  public var display: String {
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      return text
    }
    var text = ""
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      if byte >= 0x20, byte != 0x7F, let part = String(validating: rest.prefix(length), as: UTF8.self) {
        text += part
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// The part behind the last `/`.
  public var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: 0x2F) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  /// The folder that the path lies in: `.` for a bare name, `/` for what lies at the top.
  public var parent: RawPath {
    guard let slash = bytes.lastIndex(of: 0x2F) else { return RawPath(".") }
    return RawPath(bytes: slash == 0 ? [0x2F] : Array(bytes[..<slash]))
  }

  /// The path with a further part; a path that is empty or `.` adds nothing in front.
  public func appending(_ part: [UInt8]) -> RawPath {
    if bytes.isEmpty { return RawPath(bytes: part) }
    if bytes.last == 0x2F { return RawPath(bytes: bytes + part) }
    return RawPath(bytes: bytes + [0x2F] + part)
  }

  public func appending(_ part: String) -> RawPath { appending(Array(part.utf8)) }

  public static func < (left: RawPath, right: RawPath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// What a directory entry or a path is.
public enum FileType: Sendable, Hashable {
  case regular, directory, symbolicLink, other
}

public struct DirectoryEntry: Sendable, Hashable {
  public var name: [UInt8]
  /// Of the entry itself: a symbolic link is not followed.
  public var type: FileType

  public init(name: [UInt8], type: FileType) {
    self.name = name
    self.type = type
  }
}

/// What is known of a file without reading it.
public struct FileStatus: Sendable, Hashable {
  public var type: FileType
  /// Bytes.
  public var size: Int
  /// Whether anyone may execute it.
  public var isExecutable: Bool

  public init(type: FileType, size: Int, isExecutable: Bool) {
    self.type = type
    self.size = size
    self.isExecutable = isExecutable
  }
}

/// Why a file or folder could not be read; `reason` is the system's words ("Permission denied").
public struct FileError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case notFound, notPermitted, tooLarge, other
  }
  public var kind: Kind
  public var path: RawPath
  public var reason: String

  public init(kind: Kind, path: RawPath, reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }
}

/// The files that a run reads: the disk, or a stand-in in tests.
public protocol FileSystem: Sendable {
  /// The entries of a folder without `.` and `..`, in no particular order.
  func entries(of directory: RawPath) throws(FileError) -> [DirectoryEntry]
  /// Facts of a path; `followingLinks` decides whether those of a link or of its target. Nil where nothing is there.
  func status(of path: RawPath, followingLinks: Bool) -> FileStatus?
  /// The absolute path without links, `.` and `..`; nil where nothing is there.
  func resolved(_ path: RawPath) -> RawPath?
  /// The whole content of a regular file of at most `limit` bytes.
  func read(_ path: RawPath, limit: Int) throws(FileError) -> [UInt8]
  /// The first bytes of a regular file, at most `count`.
  func prefix(of path: RawPath, count: Int) throws(FileError) -> [UInt8]
}
