package import MerlonBase

/// A configuration file and what it says.
package struct FoundConfiguration: Sendable {
  /// As it is shown in messages.
  package var path: String
  /// The folder that relative paths in it start from.
  package var folder: RawPath
  package var configuration: Configuration
  package var problems: [Problem]
}

/// Finds the configuration that holds for a path.
package enum ConfigurationSearch {
  private static let names = ["merlon.toml", ".merlon.toml", "pyproject.toml"]
  /// A configuration file is written by hand; a larger one is a mistake.
  private static let maximumSize = 1 << 20

  /// The nearest `merlon.toml`, `.merlon.toml` or `pyproject.toml` with `[tool.merlon]` in a folder or one above it, up
  /// to the top of the git repository (or of the disk). Nil where there is none.
  ///
  /// - Parameters:
  ///   - start: the scanned path, a file or a folder.
  ///   - weaknesses: id and name of every weakness.
  package static func find(
    from start: RawPath, weaknesses: [(id: String, name: String)], files: any FileSystem
  ) -> FoundConfiguration? {
    guard let resolved = files.resolved(start) else { return nil }
    let isFolder = files.status(of: resolved, followingLinks: true)?.type == .directory
    var folder = isFolder ? resolved : resolved.parent
    var shown = isFolder ? start : start.parent
    while true {
      for name in names {
        let place = folder.appending(name)
        guard files.status(of: place, followingLinks: true)?.type == .regular else { continue }
        let path = shown == RawPath(".") ? name : shown.appending(name).display
        if let found = read(place, shownAs: path, weaknesses: weaknesses, files: files) { return found }
      }
      if files.status(of: folder.appending(".git"), followingLinks: true) != nil { return nil }
      let parent = folder.parent
      if parent == folder || parent == RawPath(".") { return nil }
      folder = parent
      // Above the path as it was given, messages name whole paths.
      shown = folder
    }
  }

  /// Reads the file that `--config` names.
  ///
  /// - Throws: `Problem` when it can't be read, or is a `pyproject.toml` without `[tool.merlon]`.
  package static func load(
    _ path: RawPath, weaknesses: [(id: String, name: String)], files: any FileSystem
  ) throws(Problem) -> FoundConfiguration {
    guard let found = read(path, shownAs: path.display, weaknesses: weaknesses, files: files) else {
      throw Problem(path: path.display, message: "has no `[tool.merlon]`")
    }
    return found
  }

  /// Nil for a `pyproject.toml` that says nothing of Merlon.
  private static func read(
    _ path: RawPath, shownAs shown: String, weaknesses: [(id: String, name: String)], files: any FileSystem
  ) -> FoundConfiguration? {
    var found = FoundConfiguration(path: shown, folder: path.parent, configuration: Configuration(), problems: [])
    do throws(FileError) {
      let bytes = try files.read(path, limit: maximumSize)
      guard let read = ConfigurationReader.read(bytes, path: shown, weaknesses: weaknesses) else { return nil }
      (found.configuration, found.problems) = read
      resolvePaths(of: &found, files: files)
    } catch {
      found.problems = [Problem(path: shown, message: "the configuration can't be read: \(error.reason)")]
    }
    return found
  }

  /// Makes relative paths start at the folder of the file, and drops outputs that a link would lead out of it.
  private static func resolvePaths(of found: inout FoundConfiguration, files: any FileSystem) {
    for setting in Setting.all + Setting.map {
      switch setting.target {
      case .inputFile(let target):
        guard let text = found.configuration[keyPath: target], !text.hasPrefix("/") else { continue }
        found.configuration[keyPath: target] = found.folder.appending(text).display
      case .outputFile(let target):
        guard let text = found.configuration[keyPath: target] else { continue }
        let place = found.folder.appending(text)
        if leadsOut(place, of: found.folder, files: files) {
          found.configuration[keyPath: target] = nil
          found.problems.append(
            Problem(path: found.path, message: "`\(setting.name)` leads out of this file's folder through a link"))
        } else {
          found.configuration[keyPath: target] = place.display
        }
      default: continue
      }
    }
  }

  private static func leadsOut(_ place: RawPath, of folder: RawPath, files: any FileSystem) -> Bool {
    guard let top = files.resolved(folder) else { return true }
    // The file itself may not be there yet; its folder then decides.
    guard let target = files.resolved(place) ?? files.resolved(place.parent) else { return false }
    return target != top && !target.bytes.starts(with: top.bytes + [0x2F])
  }
}
