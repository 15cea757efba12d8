import Glibc
package import MerlonBase

/// The files of a commit, written to a temporary folder, so that they can be scanned like the working tree.
package struct GitBase: Sendable {
  /// Corresponds to the scanned folder.
  package let folder: RawPath
  /// What the comparison could not be exact about.
  package let limits: [Limit]
  private let temporary: RawPath

  /// Writes what the commit has under the folder `scanned`, as far as a scan reads it.
  ///
  /// The commit is where the history of the working tree parted from `reference` (as in a pull request), so that what
  /// the other branch has repaired meanwhile does not count as introduced here.
  ///
  /// - Throws: `Problem` when there is no git, no repository or no such commit.
  package static func checkOut(
    _ reference: String, around scanned: RawPath, maximumFileSize: Int
  ) throws(Problem) -> GitBase {
    let git = Git(folder: scanned)
    var limits: [Limit] = []
    let commit = try git.base(of: reference, limits: &limits)
    let prefix = try git.prefix()
    var blobs: [Git.Blob] = []
    if let commit {
      blobs = try git.blobs(of: commit, below: prefix).filter {
        $0.size <= maximumFileSize && isRead($0.path)
      }
    }
    var template = Array("\(temporaryFolder())/merlon-base-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Problem(message: "no temporary folder could be made for the base commit: \(systemMessage())")
    }
    let temporary = RawPath(bytes: Array(String(cString: made).utf8))
    do throws(Problem) {
      try git.write(blobs, to: temporary)
    } catch {
      removeTree(temporary)
      throw error
    }
    let folder = prefix.isEmpty ? temporary : temporary.appending(prefix)
    makeFolder(folder)
    return GitBase(folder: folder, limits: limits, temporary: temporary)
  }

  /// Removes the temporary folder.
  package func remove() { Self.removeTree(temporary) }

  private static func isRead(_ path: [UInt8]) -> Bool {
    let name = RawPath(bytes: path).name
    return FileKind(name: name) != nil || name == Array(".gitignore".utf8)
  }

  private static func temporaryFolder() -> String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
  }

  /// Removes what this type has made: folders and regular files, no deeper than a commit's paths.
  private static func removeTree(_ top: RawPath) {
    var folders = [top]
    var index = 0
    while index < folders.count {
      let folder = folders[index]
      index += 1
      for entry in (try? DiskFileSystem().entries(of: folder)) ?? [] {
        let place = folder.appending(entry.name)
        if entry.type == .directory { folders.append(place) } else { place.withCString { _ = unlink($0) } }
      }
    }
    for folder in folders.reversed() { folder.withCString { _ = rmdir($0) } }
  }
}

/// Makes a folder and those above it.
private func makeFolder(_ place: RawPath) {
  var missing: [RawPath] = []
  var folder = place
  while folder.bytes.count > 1, folder.withCString({ mkdir($0, 0o700) }) != 0, errno == ENOENT {
    missing.append(folder)
    folder = folder.parent
  }
  for folder in missing.reversed() { folder.withCString { _ = mkdir($0, 0o700) } }
}

private func systemMessage() -> String {
  (strerror(errno).map { String(cString: $0) } ?? "error \(errno)").lowercasedFirst
}

/// Questions to the git of the machine, asked so that a repository's configuration can't have programs run: no hooks,
/// no file system monitor, no pager, no transport, no lazy fetching.
private struct Git {
  let folder: RawPath

  struct Blob {
    /// Relative to the top of the repository.
    var path: [UInt8]
    var object: [UInt8]
    var size: Int
  }

  /// The commit to compare with; nil for `HEAD` before the first commit, when all there is is new.
  func base(of reference: String, limits: inout [Limit]) throws(Problem) -> String? {
    guard !reference.hasPrefix("-"), !reference.isEmpty else {
      throw Problem(message: "`\(reference)` (`diff-base`) is not the name of a commit")
    }
    let check = try run(["rev-parse", "--is-inside-work-tree"])
    guard check.status == 0 else {
      throw Problem(path: folder.display, message: "`diff-base` needs a git repository: \(said(check))")
    }
    let isShallow = text(try run(["rev-parse", "--is-shallow-repository"])) == "true"
    let named = try run(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(reference)^{commit}"])
    guard named.status == 0 else {
      if reference == "HEAD" { return nil }
      let advice = isShallow ? "; this clone is shallow: fetch it first (`git fetch origin \(reference)`)" : ""
      throw Problem(message: "`\(reference)` (`diff-base`) names no commit of this repository\(advice)")
    }
    let tip = text(named)
    let parting = try run(["merge-base", tip, "HEAD"])
    if parting.status == 0 { return text(parting) }
    limits.append(
      Limit(
        kind: "diff-base",
        message: "`\(reference)` and the working tree have no common commit"
          + (isShallow ? " in this shallow clone" : "") + "; compared with `\(reference)` as it is"))
    return tip
  }

  /// Path of the folder inside the repository with `/` at its end; empty at the top.
  func prefix() throws(Problem) -> [UInt8] {
    var output = try successful(["rev-parse", "--show-prefix"]).output
    if output.last == 0x0A { output.removeLast() }
    return output
  }

  /// The regular files of a commit below a path.
  func blobs(of commit: String, below prefix: [UInt8]) throws(Problem) -> [Blob] {
    let output = try successful(["ls-tree", "-r", "-l", "-z", "--full-tree", commit]).output
    return output.split(separator: 0).compactMap { record in
      // <mode> SP <type> SP <object> SP <padded size> TAB <path>
      guard let tab = record.firstIndex(of: 0x09) else { return nil }
      let fields = record[..<tab].split(separator: 0x20)
      let path = Array(record[(tab + 1)...])
      guard fields.count == 4, fields[0].starts(with: "100".utf8), path.starts(with: prefix), isSafe(path),
        let size = Int(String(decoding: fields[3], as: UTF8.self))
      else { return nil }
      return Blob(path: path, object: Array(fields[2]), size: size)
    }
  }

  /// A tree object may name anything; nothing is written above or beside the temporary folder.
  private func isSafe(_ path: [UInt8]) -> Bool {
    let parts = path.split(separator: 0x2F, omittingEmptySubsequences: false)
    return parts.count < FileDiscovery.maximumDepth
      && parts.allSatisfy { !$0.isEmpty && $0 != [0x2E] && $0 != [0x2E, 0x2E] && $0 != Array(".git".utf8)[...] }
  }

  /// Writes blobs below a folder, some 64 MB at a time.
  func write(_ blobs: [Blob], to folder: RawPath) throws(Problem) {
    var start = 0
    while start < blobs.count {
      var end = start
      var size = 0
      while end < blobs.count, end == start || size + blobs[end].size < 64 << 20 {
        size += blobs[end].size
        end += 1
      }
      try writeBatch(Array(blobs[start..<end]), to: folder)
      start = end
    }
  }

  private func writeBatch(_ blobs: [Blob], to folder: RawPath) throws(Problem) {
    var input: [UInt8] = []
    for blob in blobs { input += blob.object + [0x0A] }
    let limit = blobs.reduce(1 << 20) { $0 + $1.size + 256 }
    var rest = try successful(["cat-file", "--batch"], input: input, outputLimit: limit).output[...]
    for blob in blobs {
      // <object> SP blob SP <size> LF <content> LF
      guard let lineEnd = rest.firstIndex(of: 0x0A) else { throw unexpected("cat-file") }
      let fields = rest[..<lineEnd].split(separator: 0x20)
      guard fields.count == 3, let size = Int(String(decoding: fields[2], as: UTF8.self)),
        rest.count >= lineEnd - rest.startIndex + 1 + size + 1
      else { throw unexpected("cat-file") }
      let content = rest[(lineEnd + 1)..<(lineEnd + 1 + size)]
      rest = rest[(lineEnd + 1 + size + 1)...]
      try write(Array(content), to: folder.appending(blob.path))
    }
  }

  private func write(_ content: [UInt8], to place: RawPath) throws(Problem) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    var descriptor = place.withCString { open($0, flags, 0o600) }
    if descriptor < 0, errno == ENOENT {
      makeFolder(place.parent)
      descriptor = place.withCString { open($0, flags, 0o600) }
    }
    guard descriptor >= 0 else {
      throw Problem(path: place.display, message: "the base commit can't be written: \(systemMessage())")
    }
    defer { close(descriptor) }
    var start = 0
    while start < content.count {
      let count = content[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw Problem(path: place.display, message: "the base commit can't be written: \(systemMessage())")
      }
    }
  }

  // MARK: Running

  private func successful(
    _ arguments: [String], input: [UInt8] = [], outputLimit: Int = 1 << 28
  ) throws(Problem) -> Subprocess.Result {
    let result = try run(arguments, input: input, outputLimit: outputLimit)
    guard result.status == 0 else {
      throw Problem(message: "`git \(arguments[0])` failed: \(said(result))")
    }
    return result
  }

  private func run(
    _ arguments: [String], input: [UInt8] = [], outputLimit: Int = 1 << 28
  ) throws(Problem) -> Subprocess.Result {
    let settings = [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "protocol.allow=never", "gc.auto=0",
      "maintenance.auto=false",
    ]
    // A variable of a surrounding git (a hook's) would turn the question to another repository or index.
    let inherited = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_TRACE"]
    var environment: [String: String?] = [
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
      "GIT_PAGER": "cat", "LC_ALL": "C",
    ]
    for name in inherited { environment.updateValue(nil, forKey: name) }
    let process = Subprocess(
      program: "git",
      arguments: ["--no-pager", "--no-replace-objects", "-C", String(decoding: folder.bytes, as: UTF8.self)]
        + settings.flatMap { ["-c", $0] } + arguments,
      environment: environment, input: input, outputLimit: outputLimit)
    do throws(Subprocess.Failure) {
      return try process.run()
    } catch {
      switch error {
      case .notStarted(let reason): throw Problem(message: "`diff-base` needs git, which can't be started: \(reason)")
      case .tooMuchOutput: throw unexpected(arguments.first ?? "")
      }
    }
  }

  private func unexpected(_ verb: String) -> Problem { Problem(message: "`git \(verb)` gave an unexpected answer") }

  private func text(_ result: Subprocess.Result) -> String {
    String(decoding: result.output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private func said(_ result: Subprocess.Result) -> String {
    let line = DisplayText.sanitized(String(decoding: result.errorOutput.prefix { $0 != 0x0A }, as: UTF8.self))
    return line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : line.isEmpty ? "exit code \(result.status)" : line
  }
}
