package import MerlonBase

/// Finds the folders of the packages that a project runs with, without running anything: an interpreter that a scanned
/// repository names must never be started.
package enum PackagePath {
  /// - Parameters:
  ///   - python: an interpreter, a virtual environment or a folder of packages; nil to look for `.venv`.
  ///   - projects: folders (or files in them) where `.venv` may lie.
  /// - Throws: `Problem` when `python` names no such thing.
  package static func find(
    _ python: String?, projects: [RawPath], files: any FileSystem
  ) throws(Problem) -> [String] {
    if let python {
      let place = RawPath(python)
      guard let type = files.status(of: place, followingLinks: true)?.type else {
        throw Problem(message: "`\(python)` (`python`): no such interpreter or environment")
      }
      // `<environment>/bin/python`, whose link leads to the interpreter that the environment was made with.
      let prefix = type == .directory ? place : place.parent.parent
      let found = folders(in: prefix, files: files)
      if found.isEmpty { throw Problem(message: "`\(python)` (`python`): no `site-packages` beside it") }
      return found
    }
    for project in projects {
      for base in [project, project.parent] {
        let environment = base.appending(".venv")
        guard files.status(of: environment.appending("pyvenv.cfg"), followingLinks: true) != nil else { continue }
        return folders(in: environment, files: files)
      }
    }
    return []
  }

  private static func folders(in prefix: RawPath, files: any FileSystem) -> [String] {
    if prefix.name == Array("site-packages".utf8) { return [prefix.display] }
    var found: [String] = []
    for library in ["lib", "lib64"] {
      let folder = prefix.appending(library)
      let entries = ((try? files.entries(of: folder)) ?? []).map(\.name).filter { $0.starts(with: "python3".utf8) }
      for name in entries.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
        for packages in ["site-packages", "dist-packages"] {
          let place = folder.appending(name).appending(packages)
          guard files.status(of: place, followingLinks: true)?.type == .directory else { continue }
          found.append(place.display)
        }
      }
    }
    return found
  }
}
