/// How much harm a weakness does when it is used.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case info, low, medium, high, critical

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  /// 0 for `info` up to 4 for `critical`.
  public var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}

/// How sure we are that a finding is true.
public enum Confidence: String, Sendable, Hashable, CaseIterable, Comparable {
  case low, medium, high, proven

  public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }
  /// 0 for `low` up to 3 for `proven`.
  public var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .proven: 3
    }
  }
}

/// One step of the way from a cause to its effect, shown under a finding.
public struct FlowStep: Sendable, Hashable {
  public var location: SourceLocation
  /// What happens here, in a few words: "`token` is decoded without a check of its signature".
  public var message: String

  public init(location: SourceLocation, message: String) {
    self.location = location
    self.message = message
  }
}

/// What a finding rests on.
public enum Evidence: Sendable, Hashable {
  /// The steps that lead to the marked place, the cause first.
  case codeFlow([FlowStep])
  /// A second place that explains the finding (where the constant is defined, which import brought the name).
  case related(FlowStep)
  /// The operation of the API that the finding is about: who may call it, what it reaches, what its siblings ask.
  case operation(OperationEvidence)
}

/// A weakness at one place, as rules report it and reports print it.
public struct Finding: Sendable, Hashable {
  /// Identifier of the weakness, for instance `MRL101`.
  public var id: String
  /// Kebab-case name of the weakness, for instance `jwt-signature-not-verified`.
  public var name: String
  public var severity: Severity
  public var confidence: Confidence
  /// What is wrong here, one sentence, lower case start, no full stop; code in backticks.
  public var message: String
  public var location: SourceLocation
  /// Qualified name of what encloses the place (`shop.security.create_token`); the module's name at module level;
  /// the path for files that are not Python.
  public var scope: String
  /// The part of `scope` below the module (`create_token` of `shop.security.create_token`); empty at module level and
  /// in files that are not Python. Part of the fingerprint that survives moving a file.
  public var scopeInModule: String
  /// The marked code with white space and literals normalised: part of the fingerprint, never shown.
  public var normalizedEvidence: String
  public var evidence: [Evidence]
  /// Stable identity (see `Fingerprint`); empty until the scan has assigned it.
  public var fingerprint: String
  /// Identity without module and path: finds the finding again when its file was moved or renamed.
  public var movedFingerprint: String
  /// Set when a comment, the configuration or a baseline keeps this finding out of the verdict.
  public var suppression: Suppression?

  public init(
    id: String, name: String, severity: Severity, confidence: Confidence, message: String, location: SourceLocation,
    scope: String, scopeInModule: String = "", normalizedEvidence: String, evidence: [Evidence] = []
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.confidence = confidence
    self.message = message
    self.location = location
    self.scope = scope
    self.scopeInModule = scopeInModule
    self.normalizedEvidence = normalizedEvidence
    self.evidence = evidence
    self.fingerprint = ""
    self.movedFingerprint = ""
    self.suppression = nil
  }
}

/// Why a finding does not count.
public struct Suppression: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable {
    /// A comment beside the code.
    case inline
    /// A rule of the configuration.
    case configuration
    /// An entry of the file given by `--baseline`.
    case baseline
  }

  public var kind: Kind
  /// The reason that its author gave; empty for a baseline.
  public var reason: String
  public var owner: String?
  /// Last day on which it holds, as `YYYY-MM-DD`.
  public var until: String?

  public init(kind: Kind, reason: String, owner: String? = nil, until: String? = nil) {
    self.kind = kind
    self.reason = reason
    self.owner = owner
    self.until = until
  }
}

/// Something that the run did not look at, or could not decide: listed in every report, never silently skipped.
public struct Limit: Sendable, Hashable {
  /// Short kebab-case kind: `unparsed-statement`, `file-too-large`, `unreadable-file`, `no-application`, …
  public var kind: String
  /// What was not looked at and why, one sentence.
  public var message: String
  public var path: String?
  public var position: SourcePosition?

  public init(kind: String, message: String, path: String? = nil, position: SourcePosition? = nil) {
    self.kind = kind
    self.message = message
    self.path = path
    self.position = position
  }
}

/// Something wrong with the input or the set-up (not with the user's code): goes to stderr, the run goes on.
public struct Problem: Sendable, Hashable, Error {
  public var path: String?
  public var position: SourcePosition?
  /// What is wrong and what to do next; lower case, no full stop, names in backticks.
  public var message: String

  public init(path: String? = nil, position: SourcePosition? = nil, message: String) {
    self.path = path
    self.position = position
    self.message = message
  }

  /// `path:line:column: message`, columns counted from 1, safe to print (see `DisplayText`).
  public var description: String {
    var text = ""
    if let path {
      text += path
      if let position { text += ":\(position.line):\(position.column + 1)" }
      text += ": "
    }
    return DisplayText.sanitized(text + message)
  }
}
