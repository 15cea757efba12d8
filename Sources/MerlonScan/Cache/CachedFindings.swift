import MerlonBase

extension SourcePosition: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(line)
    writer.write(column)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(line: try reader.readInt(), column: try reader.readInt())
  }
}

extension SourceLocation: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(path)
    writer.write(Int(range.start))
    writer.write(Int(range.end))
    writer.write(start)
    writer.write(end)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      path: try reader.readString(), range: TextRange(start: try reader.readUInt32(), end: try reader.readUInt32()),
      start: try reader.read(), end: try reader.read())
  }
}

extension FlowStep: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(location)
    writer.write(message)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(location: try reader.read(), message: try reader.readString())
  }
}

extension GuardNode: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(name)
    writer.write(summary)
    writer.write(location) { $0.write($1) }
    writer.write(children)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      name: try reader.readString(), summary: try reader.readString(),
      location: try reader.readOptional { reader throws(CacheDamage) in try reader.read() },
      children: try reader.readArray())
  }
}

extension OperationSibling: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(method)
    writer.write(path)
    writer.write(difference)
    writer.write(location) { $0.write($1) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      method: try reader.readString(), path: try reader.readString(), difference: try reader.readString(),
      location: try reader.readOptional { reader throws(CacheDamage) in try reader.read() })
  }
}

extension OperationEvidence: CacheCodable {
  func write(to writer: inout CacheWriter) {
    for text in [method, path, handler, access] { writer.write(text) }
    writer.write(guards)
    writer.write(effects)
    writer.write(siblings)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      method: try reader.readString(), path: try reader.readString(), handler: try reader.readString(),
      access: try reader.readString(), guards: try reader.readArray(), effects: try reader.readArray(),
      siblings: try reader.readArray())
  }
}

extension Evidence: CacheCodable {
  func write(to writer: inout CacheWriter) {
    switch self {
    case .codeFlow(let steps):
      writer.write(byte: 0)
      writer.write(steps)
    case .related(let step):
      writer.write(byte: 1)
      writer.write(step)
    case .operation(let operation):
      writer.write(byte: 2)
      writer.write(operation)
    }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    switch try reader.readByte() {
    case 0: self = .codeFlow(try reader.readArray())
    case 1: self = .related(try reader.read())
    case 2: self = .operation(try reader.read())
    default: throw CacheDamage()
    }
  }
}

/// As rules report it: fingerprints and suppressions are given to all findings of a run together, afterwards.
extension Finding: CacheCodable {
  func write(to writer: inout CacheWriter) {
    for text in [id, name, severity.rawValue, confidence.rawValue, message] { writer.write(text) }
    writer.write(location)
    for text in [scope, scopeInModule, normalizedEvidence] { writer.write(text) }
    writer.write(evidence)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      id: try reader.readString(), name: try reader.readString(), severity: try reader.readCase(),
      confidence: try reader.readCase(), message: try reader.readString(), location: try reader.read(),
      scope: try reader.readString(), scopeInModule: try reader.readString(),
      normalizedEvidence: try reader.readString(), evidence: try reader.readArray())
  }
}

extension Limit: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(kind)
    writer.write(message)
    writer.write(path) { $0.write($1) }
    writer.write(position) { $0.write($1) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    self.init(
      kind: try reader.readString(), message: try reader.readString(),
      path: try reader.readOptional { reader throws(CacheDamage) in try reader.readString() },
      position: try reader.readOptional { reader throws(CacheDamage) in try reader.read() })
  }
}

/// What a unit of work found: of a file beside the code, or of the rules that judge the model of the API.
struct FindingsAndLimits: CacheCodable {
  var findings: [Finding]
  var limits: [Limit]

  init(findings: [Finding], limits: [Limit]) {
    self.findings = findings
    self.limits = limits
  }

  func write(to writer: inout CacheWriter) {
    writer.write(findings)
    writer.write(limits)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    findings = try reader.readArray()
    limits = try reader.readArray()
  }
}
