/// Identities of findings that survive moving code, renaming unrelated things and reformatting.
///
/// A fingerprint says which weakness lies in which named scope in which code, and the how-manieth of equal ones it is.
/// It knows no line numbers, so code above or around it may change. The *moved* fingerprint leaves the module out as
/// well: it finds a finding again whose file was renamed. Equal moved fingerprints in different files are normal; who
/// matches by them counts them (see `Baseline`).
public enum Fingerprint {
  /// Written in front of each fingerprint; it changes when the ingredients change, so that an old baseline is
  /// recognised as old instead of matching nothing without a word.
  public static let version = "v1"

  /// Gives each finding its two fingerprints. The order of `findings` does not matter and is kept.
  public static func assign(to findings: inout [Finding]) {
    let order = findings.indices.sorted { isBefore(findings[$0], findings[$1]) }
    var seen: [[String]: Int] = [:]
    for index in order {
      let finding = findings[index]
      let key = [finding.id, finding.scope, finding.normalizedEvidence]
      let ordinal = seen[key, default: 0]
      seen[key] = ordinal + 1
      findings[index].fingerprint = make(["scope"] + key, ordinal)
      let moved = ["moved", finding.id, finding.scopeInModule, finding.normalizedEvidence]
      findings[index].movedFingerprint = make(moved, ordinal)
    }
  }

  /// Which of two equal findings is counted first: the one nearer the top. All else only makes the order total.
  private static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    if left.location.path != right.location.path { return left.location.path < right.location.path }
    if left.location.start != right.location.start { return left.location.start < right.location.start }
    if left.location.end != right.location.end { return left.location.end < right.location.end }
    return left.message < right.message
  }

  /// 128 bits of SHA-256 over the parts, each with its length in front so that no two lists of parts look alike.
  private static func make(_ parts: [String], _ ordinal: Int) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update("\(part.utf8.count):".utf8)
      hash.update(part.utf8)
    }
    hash.update("#\(ordinal)".utf8)
    return "\(version)-\(SHA256.hexadecimal(hash.finalized().prefix(16)))"
  }
}
