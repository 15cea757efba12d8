package import MerlonBase
package import MerlonModels

/// Reads the models that a project writes itself: Python stub files in the form of those of the binary.
package enum ModelFiles {
  /// Most files that are read; a folder with more is not one of models.
  static let limit = 2_000

  /// - Parameters:
  ///   - names: files and folders; below a folder the path of a file is the dotted name of its module.
  ///   - base: where relative names start; the working folder where nil.
  /// - Throws: `Problem` for what can't be read. Faults in the files are the `problems` of the models.
  package static func read(_ names: [String], base: RawPath?, files: any FileSystem) throws(Problem) -> LibraryModels {
    var found: [(path: String, bytes: [UInt8])] = []
    for name in names {
      let place = name.hasPrefix("/") ? RawPath(name) : base.map { $0.appending(name) } ?? RawPath(name)
      guard let status = files.status(of: place, followingLinks: true) else {
        throw Problem(message: "the models `\(name)` are not there")
      }
      if status.type == .directory {
        try collect(place, below: "", depth: 0, files, &found)
      } else {
        found.append((String(decoding: place.name, as: UTF8.self), try content(place, files)))
      }
    }
    guard !found.isEmpty else { throw Problem(message: "`\(names.joined(separator: "`, `"))` holds no `.pyi` file") }
    return .builtIn(with: found.sorted { $0.path < $1.path })
  }

  private static func collect(
    _ folder: RawPath, below prefix: String, depth: Int, _ files: any FileSystem,
    _ found: inout [(path: String, bytes: [UInt8])]
  ) throws(Problem) {
    guard depth < 16 else { return }
    let entries: [DirectoryEntry]
    do { entries = try files.entries(of: folder) } catch {
      throw Problem(message: "the models in `\(folder.display)` can't be read: \(error.reason)")
    }
    for entry in entries {
      let name = String(decoding: entry.name, as: UTF8.self)
      let place = folder.appending(entry.name)
      switch entry.type {
      case .directory: try collect(place, below: prefix + name + "/", depth: depth + 1, files, &found)
      case .regular where name.hasSuffix(".pyi"):
        guard found.count < limit else { throw Problem(message: "more than \(limit) files of models") }
        found.append((prefix + name, try content(place, files)))
      default: continue
      }
    }
  }

  private static func content(_ place: RawPath, _ files: any FileSystem) throws(Problem) -> [UInt8] {
    do { return try files.read(place, limit: 1 << 20) } catch {
      throw Problem(message: "the model `\(place.display)` can't be read: \(error.reason)")
    }
  }
}
