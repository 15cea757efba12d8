import ArgumentParser
import Glibc
import MerlonBase
import MerlonScan

/// `merlon init`: writes a commented configuration, a CI job and a pre-commit hook for a project.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a configuration, a CI job and a pre-commit hook for a project.",
    discussion: "Nothing that is there is overwritten unless --force is given.")

  @Argument(help: "Folder of the project.", completion: .directory)
  var path = "."

  @Flag(help: "Print what would be written instead of writing it.")
  var dryRun = false

  @Flag(help: "Overwrite files that are there.")
  var force = false

  func run() throws {
    let files = DiskFileSystem()
    guard files.status(of: RawPath(path), followingLinks: true)?.type == .directory else {
      throw UsageFailure("`\(path)` is not a folder")
    }
    let project = ProjectFacts(of: RawPath(path), files: files)
    Terminal.tell("merlon: " + project.summary)
    var isWritten = true
    for file in SetupFiles.make(for: project) {
      if dryRun {
        guard Terminal.write(Array("# ---- \(file.path)\n\(file.content)\n".utf8)) else { throw ExitStatus.incomplete }
      } else {
        isWritten = write(file) && isWritten
      }
    }
    for advice in SetupFiles.advice(for: project) { Terminal.tell("merlon: " + advice) }
    if !isWritten { throw ExitStatus.incomplete }
  }

  /// Writes one file; a file that is there already is no failure.
  private func write(_ file: SetupFile) -> Bool {
    let place = RawPath(path).appending(file.path).display
    var folder = RawPath(path).display
    for part in file.path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
      // A link could lead anywhere: what is written stays in the project.
      guard DiskFileSystem().status(of: RawPath(folder), followingLinks: false)?.type == .directory else {
        Terminal.tell("merlon: error: \(place) can't be written: \(folder) is no folder")
        return false
      }
    }
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (force ? O_TRUNC : O_EXCL)
    let descriptor = open(place, flags, 0o644)
    guard descriptor >= 0 else {
      let reason = errno
      if reason == EEXIST {
        Terminal.tell("merlon: \(place) is there already; left as it is (--force overwrites)")
        return true
      }
      Terminal.tell("merlon: error: \(place) can't be written: \(strerror(reason).map { String(cString: $0) } ?? "")")
      return false
    }
    defer { close(descriptor) }
    if let reason = Terminal.write(Array(file.content.utf8), to: descriptor) {
      Terminal.tell("merlon: error: \(place) can't be written: \(reason)")
      return false
    }
    Terminal.tell("merlon: wrote \(place)")
    return true
  }
}
