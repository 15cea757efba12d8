import MerlonBase
import MerlonProgram

/// What the cache holds of one run: the digests of all modules, the answers that results rested on, and each unit of
/// work with what it rested on.
struct StoredScan: Sendable {
  /// Of everything that no unit may outlive: build, options, paths and names of modules.
  var key: [UInt8]
  /// By position in `Program.modules`.
  var digests: [[UInt8]]
  var answers: [Answer] = []
  /// By position of the module that the unit is about.
  var modules: [Int: Unit] = [:]
  /// Files beside the code by their paths; what they rest on is their content alone.
  var files: [String: Unit] = [:]
  var model: Unit?

  struct Answer: Sendable {
    var question: Question
    var digest: [UInt8]
  }

  /// A piece of work that is done whole or not at all.
  struct Unit: Sendable {
    /// Of what was handed in beside the program: the content of a file, the findings of other rules.
    var input: [UInt8]
    /// Positions in `Program.modules`.
    var modules: [Int]
    /// Positions in `answers`.
    var answers: [Int]
    /// A value of the unit's own type.
    var content: [UInt8]
  }

  init(key: [UInt8], digests: [[UInt8]]) {
    self.key = key
    self.digests = digests
  }
}

extension StoredScan: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(raw: key)
    writer.write(digests.count)
    for digest in digests { writer.write(raw: digest) }
    writer.write(answers)
    writer.write(modules.count)
    for (position, unit) in modules.sorted(by: { $0.key < $1.key }) {
      writer.write(position)
      writer.write(unit)
    }
    writer.write(files.count)
    for (path, unit) in files.sorted(by: { $0.key < $1.key }) {
      writer.write(path)
      writer.write(unit)
    }
    writer.write(model) { $0.write($1) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    key = try reader.readRaw()
    digests = []
    for _ in 0..<(try reader.readCount()) { digests.append(try reader.readRaw()) }
    answers = try reader.readArray()
    for _ in 0..<(try reader.readCount()) { modules[try reader.readInt()] = try reader.read() }
    for _ in 0..<(try reader.readCount()) { files[try reader.readString()] = try reader.read() }
    model = try reader.readOptional { reader throws(CacheDamage) in try reader.read() }
    try check()
  }

  /// Positions lead somewhere.
  private func check() throws(CacheDamage) {
    var units = Array(modules.values)
    if let model { units.append(model) }
    for unit in units {
      guard unit.modules.allSatisfy(digests.indices.contains), unit.answers.allSatisfy(answers.indices.contains) else {
        throw CacheDamage()
      }
    }
  }
}

extension StoredScan.Answer: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(question.kind)
    writer.write(question.subject)
    writer.write(raw: digest)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    question = Question(try reader.readString(), try reader.readString())
    digest = try reader.readRaw()
  }
}

extension StoredScan.Unit: CacheCodable {
  func write(to writer: inout CacheWriter) {
    writer.write(raw: input)
    for positions in [modules, answers] {
      writer.write(positions.count)
      var last = 0
      for position in positions {
        writer.write(position - last)
        last = position
      }
    }
    writer.write(raw: content)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    input = try reader.readRaw()
    modules = try Self.positions(&reader)
    answers = try Self.positions(&reader)
    content = try reader.readRaw()
  }

  private static func positions(_ reader: inout CacheReader) throws(CacheDamage) -> [Int] {
    var result: [Int] = []
    var last = 0
    for _ in 0..<(try reader.readCount()) {
      let (next, isTooLarge) = last.addingReportingOverflow(try reader.readInt())
      guard !isTooLarge else { throw CacheDamage() }
      last = next
      result.append(last)
    }
    return result
  }
}
