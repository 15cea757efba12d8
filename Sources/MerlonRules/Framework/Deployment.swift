package import MerlonBase
package import MerlonCatalog

/// A file beside the code that says how the service is built and started.
package struct DeploymentFile: Sendable {
  package enum Kind: Sendable, Hashable {
    case dockerfile, compose, procfile, shellScript, systemdUnit, environmentFile, kubernetes, makefile
  }

  package let path: String
  package let kind: Kind
  package let bytes: [UInt8]

  package init(path: String, kind: Kind, bytes: [UInt8]) {
    self.path = path
    self.kind = kind
    self.bytes = bytes
  }
}

/// Where deployment rules report. One context belongs to one file.
package final class DeploymentContext {
  package let file: DeploymentFile
  private(set) var findings: [Finding] = []
  private(set) var limits: [Limit] = []
  private let lineStarts: [Int]
  /// What the file says, read once for all rules.
  let content: DeploymentContent

  init(file: DeploymentFile) {
    self.file = file
    content = DeploymentContent(file)
    var starts = [0]
    for (index, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    self.lineStarts = starts
    for (kind, message, offset) in content.limits { limit(kind: kind, message, at: offset) }
  }

  /// Reports a weakness at a byte range of the file.
  ///
  /// - Parameter evidence: what identifies the finding in the file when lines move (an instruction's text).
  package func report(
    _ weakness: Weakness, at range: TextRange, _ message: String, evidence: String, confidence: Confidence = .high,
    severity: Severity? = nil
  ) {
    findings.append(
      Finding(
        id: weakness.id, name: weakness.name, severity: severity ?? weakness.severity, confidence: confidence,
        message: message,
        location: SourceLocation(
          path: file.path, range: range, start: position(range.start), end: position(range.end)),
        scope: file.path, scopeInModule: "", normalizedEvidence: evidence))
  }

  /// Lists something in the file that could not be read.
  package func limit(kind: String, _ message: String, at offset: UInt32? = nil) {
    limits.append(Limit(kind: kind, message: message, path: file.path, position: offset.map(position)))
  }

  private func position(_ offset: UInt32) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= Int(offset) { low = middle + 1 } else { high = middle }
    }
    let line = max(low, 1)
    return SourcePosition(line: line, column: Int(offset) - lineStarts[line - 1])
  }
}
