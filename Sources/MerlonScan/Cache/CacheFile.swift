import Glibc
import MerlonBase

/// One file of the cache: what is known of one root with one set of options.
///
/// Reading and writing never fail loudly: without a cache a run is slower and finds the same. A file counts only where
/// it is the user's own, whole, and not below the scanned root, since whoever writes it decides what is found.
struct CacheFile: Sendable {
  private let folder: RawPath
  private let name: String

  /// Bytes of one file; a larger one is not kept.
  private static let maximumSize = 64 << 20
  /// Bytes of all files; the longest unused ones are removed first.
  private static let folderSize = 256 << 20
  /// Bytes before the content: what it is, and the digest of the rest.
  private static let mark = Array("merlon-cache-1\n".utf8)
  /// Seconds after which a half-written file is nobody's any more.
  private static let abandonedAfter = 3_600

  /// - Parameters:
  ///   - folder: where files of the cache lie; made when it is needed.
  ///   - root: the scanned folder or file.
  ///   - options: tells runs with other options apart.
  /// - Returns: nil where no cache can be had.
  init?(folder: RawPath, root: RawPath, options: [UInt8], files: any FileSystem) {
    guard folder.bytes.first == UInt8(ascii: "/"), let root = files.resolved(root) else { return nil }
    var ancestor = folder
    while files.resolved(ancestor) == nil, ancestor.parent != ancestor { ancestor = ancestor.parent }
    guard let place = files.resolved(ancestor) else { return nil }
    let isInside = place == root || place.bytes.starts(with: root.bytes + [UInt8(ascii: "/")]) || root.bytes == [0x2F]
    guard !isInside else { return nil }
    self.folder = folder
    name = SHA256.hexadecimal(SHA256.digest(SHA256.digest(root.bytes) + options).prefix(16)) + ".scan"
  }

  /// What tells this build of the program from all others: its file, which is replaced as a whole.
  static var build: String {
    var facts = stat()
    guard stat("/proc/self/exe", &facts) == 0 else { return Merlon.version }
    return "\(Merlon.version) \(facts.st_dev) \(facts.st_ino) \(facts.st_size) \(facts.st_mtim.tv_sec)"
      + ".\(facts.st_mtim.tv_nsec) \(facts.st_ctim.tv_sec).\(facts.st_ctim.tv_nsec)"
  }

  // MARK: Reading

  func read() -> StoredScan? {
    guard isPrivate(folder, type: S_IFDIR), let bytes = content(), bytes.count > Self.mark.count + 32,
      bytes.starts(with: Self.mark)
    else { return nil }
    let digest = bytes[Self.mark.count..<Self.mark.count + 32]
    let rest = bytes[(Self.mark.count + 32)...]
    guard digest.elementsEqual(SHA256.digest(rest)) else { return nil }
    var reader = CacheReader(Array(rest))
    guard let stored = try? reader.read(StoredScan.self), reader.isAtEnd else { return nil }
    return stored
  }

  private func content() -> [UInt8]? {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, Self.isPrivate(facts, type: S_IFREG), facts.st_size <= Self.maximumSize else {
      return nil
    }
    let size = Int(facts.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + filled, size - filled)
        if got > 0 { filled += got } else if got == 0 || errno != EINTR { return }
      }
    }
    return bytes.count == size ? bytes : nil
  }

  /// Nobody else may have written it.
  private func isPrivate(_ path: RawPath, type: mode_t) -> Bool {
    var facts = stat()
    return path.withCString { lstat($0, &facts) } == 0 && Self.isPrivate(facts, type: type)
  }

  private static func isPrivate(_ facts: stat, type: mode_t) -> Bool {
    facts.st_mode & S_IFMT == type && facts.st_uid == geteuid() && facts.st_mode & 0o022 == 0
  }

  private var path: RawPath { folder.appending(name) }

  // MARK: Writing

  /// Notes that the file was of use, so that it is not the first to be removed.
  func touch() { _ = path.withCString { utimensat(AT_FDCWD, $0, nil, AT_SYMLINK_NOFOLLOW) } }

  func write(_ stored: StoredScan) {
    var writer = CacheWriter()
    writer.write(stored)
    let bytes = Self.mark + SHA256.digest(writer.bytes) + writer.bytes
    guard bytes.count <= Self.maximumSize, makeFolder(), isPrivate(folder, type: S_IFDIR) else { return }
    // Another run may write the same file: each writes its own, and the last one to rename wins.
    var template = folder.appending(name + ".XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let isWritten = Self.write(bytes, to: descriptor)
    close(descriptor)
    let isPlaced = isWritten && path.withCString { rename(template, $0) == 0 }
    if !isPlaced { unlink(template) }
    tidy()
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { written += count } else if errno != EINTR { return false }
    }
    return true
  }

  private func makeFolder() -> Bool {
    var missing: [RawPath] = []
    var next = folder
    while next.withCString({ access($0, F_OK) }) != 0, next.parent != next {
      missing.append(next)
      next = next.parent
    }
    for path in missing.reversed() where path.withCString({ mkdir($0, 0o700) }) != 0 && errno != EEXIST { return false }
    return true
  }

  /// Removes the longest unused files until the rest is small enough, and what killed runs left half-written.
  private func tidy() {
    let now = time(nil)
    var found: [(path: RawPath, size: Int, used: Int)] = []
    for entry in (try? DiskFileSystem().entries(of: folder)) ?? [] where entry.type == .regular {
      let path = folder.appending(entry.name)
      var facts = stat()
      guard path.withCString({ lstat($0, &facts) }) == 0 else { continue }
      if String(decoding: entry.name, as: UTF8.self).hasSuffix(".scan") {
        found.append((path, Int(facts.st_size), facts.st_mtim.tv_sec))
      } else if String(decoding: entry.name, as: UTF8.self).contains(".scan."),
        now - facts.st_mtim.tv_sec > Self.abandonedAfter
      {
        _ = path.withCString { unlink($0) }
      }
    }
    var total = found.reduce(0) { $0 + $1.size }
    for file in found.sorted(by: { $0.used < $1.used }) where total > Self.folderSize && file.path != path {
      _ = file.path.withCString { unlink($0) }
      total -= file.size
    }
  }
}
