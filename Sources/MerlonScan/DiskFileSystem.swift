import Glibc
package import MerlonBase

/// The machine's files.
package struct DiskFileSystem: FileSystem {
  package init() {}

  package func entries(of directory: RawPath) throws(FileError) -> [DirectoryEntry] {
    guard let stream = directory.withCString({ opendir($0) }) else { throw lastError(directory) }
    defer { closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let record = readdir(stream) else {
        if errno != 0 { throw lastError(directory) }
        return entries
      }
      let name = Self.name(of: record)
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      let type: FileType
      switch Int(record.pointee.d_type) {
      case Int(DT_REG): type = .regular
      case Int(DT_DIR): type = .directory
      case Int(DT_LNK): type = .symbolicLink
      case Int(DT_UNKNOWN): type = status(of: directory.appending(name), followingLinks: false)?.type ?? .other
      default: type = .other
      }
      entries.append(DirectoryEntry(name: name, type: type))
    }
  }

  package func status(of path: RawPath, followingLinks: Bool) -> FileStatus? {
    var facts = stat()
    let result = path.withCString { followingLinks ? stat($0, &facts) : lstat($0, &facts) }
    return result == 0 ? Self.status(facts) : nil
  }

  package func resolved(_ path: RawPath) -> RawPath? {
    guard let text = path.withCString({ realpath($0, nil) }) else { return nil }
    defer { free(text) }
    return RawPath(bytes: UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
  }

  package func read(_ path: RawPath, limit: Int) throws(FileError) -> [UInt8] {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    if size > limit { throw FileError(kind: .tooLarge, path: path, reason: "larger than \(limit) bytes") }
    // One byte more than the file should have tells whether it grew meanwhile.
    let bytes = try readBytes(descriptor, count: size + 1, path: path)
    if bytes.count <= size { return bytes }
    var rest = bytes
    while rest.count <= limit {
      let more = try readBytes(descriptor, count: 65_536, path: path)
      if more.isEmpty { return rest }
      rest += more
    }
    throw FileError(kind: .tooLarge, path: path, reason: "larger than \(limit) bytes")
  }

  package func prefix(of path: RawPath, count: Int) throws(FileError) -> [UInt8] {
    let (descriptor, _) = try open(path)
    defer { close(descriptor) }
    return try readBytes(descriptor, count: count, path: path)
  }

  /// Opens a regular file; never waits on a pipe or device that a path may name.
  private func open(_ path: RawPath) throws(FileError) -> (descriptor: Int32, size: Int) {
    let descriptor = path.withCString { Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw lastError(path) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      let error = lastError(path)
      close(descriptor)
      throw error
    }
    let status = Self.status(facts)
    guard status.type == .regular else {
      close(descriptor)
      let reason = status.type == .directory ? "is a directory" : "is not a regular file"
      throw FileError(kind: .other, path: path, reason: reason)
    }
    return (descriptor, status.size)
  }

  private func readBytes(_ descriptor: Int32, count: Int, path: RawPath) throws(FileError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + filled, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          failed = true
          return
        }
      }
    }
    if failed { throw lastError(path) }
    return bytes
  }

  private func lastError(_ path: RawPath) -> FileError {
    let code = errno
    let kind: FileError.Kind =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .notPermitted
      default: .other
      }
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return FileError(kind: kind, path: path, reason: reason.lowercasedFirst)
  }

  private static func name(of record: UnsafeMutablePointer<dirent>) -> [UInt8] {
    // The name is as long as the record says, which can be more than the declared array of the type.
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
    let start = UnsafeRawPointer(record) + offset
    let text = start.assumingMemoryBound(to: CChar.self)
    return UnsafeRawBufferPointer(start: start, count: strlen(text)).map { $0 }
  }

  private static func status(_ facts: stat) -> FileStatus {
    let type: FileType =
      switch facts.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    return FileStatus(type: type, size: Int(facts.st_size), isExecutable: facts.st_mode & 0o111 != 0)
  }
}

extension RawPath {
  /// Calls `body` with the path as C wants it. A path with a NUL byte is cut there, and so names nothing or less.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    return text.withUnsafeBufferPointer { buffer in
      // A buffer of at least one element has an address.
      buffer.baseAddress.map(body) ?? withUnsafePointer(to: 0, body)
    }
  }
}

extension String {
  /// "Permission denied" as "permission denied", for the middle of a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
