import MerlonBase
import MerlonModels
import MerlonProgram

extension ScanCache {
  /// Nil where nothing is to be kept, or no place can be had for it.
  convenience init?(of project: ReadProject, _ program: Program, _ options: ScanOptions, files: any FileSystem) {
    guard let folder = options.cacheFolder else { return nil }
    let options = Self.text(of: options, project)
    guard let file = CacheFile(folder: folder, root: project.root, options: options, files: files) else { return nil }
    self.init(program: program, digests: project.digests, key: options + Array(CacheFile.build.utf8), file: file)
  }

  /// Everything beside the files that a finding can rest on. What is done with findings afterwards (ignores, baselines,
  /// reports) is done anew in each run.
  private static func text(of options: ScanOptions, _ project: ReadProject) -> [UInt8] {
    let parts: [String] = [
      "\(options.roles.map(\.rawValue).sorted())", "\(options.maximumFileSize)", "\(options.selection)",
      "\(options.packagePath)", "\(options.headersAtProxy)", "\(options.policy)", "\(project.rootPackage)",
      "\(project.versions)", options.models.ownDigest,
    ]
    return Array(parts.joined(separator: "\n").utf8)
  }
}
