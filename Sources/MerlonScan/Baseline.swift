package import MerlonBase

/// What a former run found: lets a run report only what is new.
///
/// Read from a JSON report, or from the small file that `--write-baseline` makes, one finding a line, so that a
/// version-control system shows what came and went.
package struct Baseline: Sendable, Hashable {
  /// A finding as the baseline knows it.
  package struct Entry: Sendable, Hashable {
    package var id: String
    package var fingerprint: String
    package var movedFingerprint: String
    /// Where it was, for messages only.
    package var path: String

    package init(id: String, fingerprint: String, movedFingerprint: String, path: String) {
      self.id = id
      self.fingerprint = fingerprint
      self.movedFingerprint = movedFingerprint
      self.path = path
    }
  }

  package var entries: [Entry]

  package init(entries: [Entry]) {
    self.entries = entries
  }

  /// The findings of a run as a baseline. Those that a comment or the configuration keeps out are left out, so that
  /// removing the comment brings them back.
  package init(of findings: [Finding]) {
    entries = findings.filter { $0.suppression == nil || $0.suppression?.kind == .baseline }.map {
      Entry(
        id: $0.id, fingerprint: $0.fingerprint, movedFingerprint: $0.movedFingerprint, path: $0.location.path)
    }
  }

  // MARK: Comparison

  /// What became of the entries.
  package struct Outcome: Sendable, Hashable {
    package var comparison: BaselineComparison
    /// Entries whose finding is gone, in the order of the baseline.
    package var fixed: [Entry]
  }

  /// Marks the findings that the baseline has, and tells how the two compare.
  ///
  /// A finding is first looked for by its fingerprint, then (its file may have moved) by the moved one. Each entry
  /// serves for one finding only: a second, equal finding is new. A finding that a comment or the configuration keeps
  /// out uses up its entry and keeps its own suppression; it counts as unchanged then, and never as new.
  package func apply(to findings: inout [Finding]) -> Outcome {
    var isUsed = [Bool](repeating: false, count: entries.count)
    var isKnown = [Bool](repeating: false, count: findings.count)
    for (entryKey, findingKey) in [
      (\Entry.fingerprint, \Finding.fingerprint), (\Entry.movedFingerprint, \Finding.movedFingerprint),
    ] {
      var waiting: [String: [Int]] = [:]
      for index in entries.indices.reversed() where !isUsed[index] {
        waiting[entries[index][keyPath: entryKey], default: []].append(index)
      }
      for index in findings.indices where !isKnown[index] {
        let key = findings[index][keyPath: findingKey]
        guard !key.isEmpty, let entry = waiting[key]?.popLast() else { continue }
        isUsed[entry] = true
        isKnown[index] = true
        if findings[index].suppression == nil {
          findings[index].suppression = Suppression(kind: .baseline, reason: "")
        }
      }
    }
    let fixed = zip(entries, isUsed).filter { !$0.1 }.map(\.0)
    let unchanged = isKnown.count { $0 }
    let new = zip(findings, isKnown).count { !$0.1 && $0.0.suppression == nil }
    return Outcome(
      comparison: BaselineComparison(new: new, unchanged: unchanged, fixed: fixed.count), fixed: fixed)
  }

  // MARK: Files

  /// Number of the form of the small file.
  private static let version = 1

  /// The small file: ordered, one finding a line.
  package func bytes() -> [UInt8] {
    let ordered = entries.sorted {
      ($0.path, $0.id, $0.fingerprint, $0.movedFingerprint) < ($1.path, $1.id, $1.fingerprint, $1.movedFingerprint)
    }
    var text = Array("{\"merlon_baseline\": \(Self.version), \"findings\": [".utf8)
    for (index, entry) in ordered.enumerated() {
      text += index == 0 ? [UInt8(ascii: "\n")] : Array(",\n".utf8)
      var json = JSONWriter(layout: .compact)
      json.beginObject()
      for (key, value) in [
        ("path", entry.path), ("id", entry.id), ("fingerprint", entry.fingerprint),
        ("moved_fingerprint", entry.movedFingerprint),
      ] {
        json.key(key)
        json.value(value)
      }
      json.endObject()
      text += json.bytes
    }
    return text + Array("\n]}\n".utf8)
  }

  /// Reads either form.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: Its name, for messages.
  /// - Throws: A problem that says what the file lacks.
  package init(reading bytes: [UInt8], path: String) throws(Problem) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw Problem(path: path, position: error.position, message: "not a baseline: \(error.message)")
    }
    try Self.checkVersion(value, path: path)
    guard let findings = value["findings"]?.array else {
      throw Problem(path: path, message: "a baseline needs `findings`; \(Self.advice)")
    }
    var entries: [Entry] = []
    for (index, finding) in findings.enumerated() {
      if let kind = finding["suppression"]?["kind"]?.string, kind != Suppression.Kind.baseline.rawValue { continue }
      guard let id = finding["id"]?.string, let fingerprint = finding["fingerprint"]?.string else {
        throw Problem(path: path, message: "finding \(index + 1) has no `id` or no `fingerprint`; \(Self.advice)")
      }
      guard fingerprint.hasPrefix(Fingerprint.version + "-") else {
        throw Problem(
          path: path,
          message: "finding \(index + 1) has a fingerprint of another version (`\(fingerprint.prefix(8))…`, expected "
            + "`\(Fingerprint.version)-…`); \(Self.advice)")
      }
      entries.append(
        Entry(
          id: id, fingerprint: fingerprint, movedFingerprint: finding["moved_fingerprint"]?.string ?? "",
          path: finding["path"]?.string ?? finding["location"]?["path"]?.string ?? ""))
    }
    self.entries = entries
  }

  private static let advice = "write it anew with `merlon scan --write-baseline FILE`"

  private static func checkVersion(_ value: JSONValue, path: String) throws(Problem) {
    if let version = value["merlon_baseline"] {
      guard version.integer == Self.version else {
        throw Problem(path: path, message: "a baseline of a version that is not known here; \(advice)")
      }
    } else if let version = value["schema_version"]?.string {
      guard version.hasPrefix("1.") else {
        throw Problem(path: path, message: "a report of version `\(version)`, expected `1.…`; \(advice)")
      }
    } else {
      throw Problem(path: path, message: "neither a baseline nor a JSON report of merlon; \(advice)")
    }
  }
}
