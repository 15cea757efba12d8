package import MerlonBase
import Yams

/// A published OpenAPI document, from a file or from the network, in JSON or in YAML.
package enum OpenAPISource {
  /// Bytes; larger documents are refused.
  package static let maximumSize = 10 << 20

  /// - Parameter source: a path, or an address that begins with `http://` or `https://`.
  /// - Throws: `Problem` when it can't be had, or is no OpenAPI document.
  package static func load(_ source: String, files: any FileSystem) throws(Problem) -> JSONValue {
    let bytes = isAddress(source) ? try fetch(source) : try read(source, files: files)
    let document = try parse(bytes, name: source)
    guard document["openapi"]?.string != nil || document["swagger"] != nil else {
      throw Problem(path: source, message: "is no OpenAPI document: it has no member `openapi`")
    }
    guard document["openapi"]?.string?.hasPrefix("3.") == true else {
      throw Problem(path: source, message: "is not of OpenAPI 3.0 or 3.1, which are the versions that can be compared")
    }
    return document
  }

  package static func isAddress(_ source: String) -> Bool {
    let lower = source.lowercased()
    return lower.hasPrefix("http://") || lower.hasPrefix("https://")
  }

  private static func read(_ path: String, files: any FileSystem) throws(Problem) -> [UInt8] {
    do throws(FileError) {
      return try files.read(RawPath(path), limit: maximumSize)
    } catch {
      throw Problem(path: path, message: "the document can't be read: \(error.reason)")
    }
  }

  /// One GET by the `curl` of the machine, without its configuration file and with limits on everything.
  private static func fetch(_ address: String) throws(Problem) -> [UInt8] {
    let process = Subprocess(
      program: "curl",
      arguments: [
        "-q", "--silent", "--show-error", "--fail", "--globoff", "--location", "--max-redirs", "5", "--proto",
        "=http,https", "--proto-redir", "=http,https", "--connect-timeout", "10", "--max-time", "30", "--max-filesize",
        "\(maximumSize)", "--header", "Accept: application/json, application/yaml;q=0.9, */*;q=0.1", "--user-agent",
        "merlon/\(Merlon.version)", "--url", address,
      ], outputLimit: maximumSize)
    let result: Subprocess.Result
    do throws(Subprocess.Failure) {
      result = try process.run()
    } catch {
      switch error {
      case .notStarted(let reason):
        throw Problem(
          path: address,
          message: "fetching needs `curl`, which can't be started: \(reason); save the document to a file")
      case .tooMuchOutput:
        throw Problem(path: address, message: "the answer is larger than \(maximumSize) bytes")
      }
    }
    guard result.status == 0 else {
      var said = String(decoding: result.errorOutput.prefix { $0 != 0x0A }, as: UTF8.self)
      if let end = said.firstRange(of: ") ")?.upperBound, said.hasPrefix("curl: (") { said = String(said[end...]) }
      throw Problem(
        path: address, message: "can't be fetched: \(said.isEmpty ? "curl exits with \(result.status)" : said)")
    }
    return result.output
  }

  // MARK: Parsing

  private static func parse(_ bytes: [UInt8], name: String) throws(Problem) -> JSONValue {
    let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    if first == UInt8(ascii: "{") {
      do {
        return try JSONValue(parsing: bytes)
      } catch {
        throw Problem(path: name, position: error.position, message: "is no JSON: \(error.message)")
      }
    }
    if first == UInt8(ascii: "<") { throw Problem(path: name, message: "is no OpenAPI document but a page of HTML") }
    return try parseYAML(bytes, name: name)
  }

  /// An anchor that refers to itself through others can stand for more than any memory holds; a document of an API
  /// needs none.
  private static let maximumNodes = 2_000_000

  private static func parseYAML(_ bytes: [UInt8], name: String) throws(Problem) -> JSONValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(path: name, message: "is neither JSON nor YAML: not UTF-8")
    }
    // Keys are hashed with all that an alias stands for, which a few nested aliases make longer than anyone waits.
    guard !hasAlias(bytes) else {
      throw Problem(path: name, message: "has aliases (`*name`), which are not read; publish it as JSON")
    }
    let root: Node?
    do {
      root = try Parser(yaml: text, resolver: .default, encoding: .utf8).singleRoot()
    } catch {
      throw Problem(path: name, message: "is neither JSON nor YAML")
    }
    var budget = maximumNodes
    guard let root, let value = value(of: root, depth: 0, budget: &budget) else {
      throw Problem(path: name, message: "is too deep or too large")
    }
    return value
  }

  /// A `*` where a value may begin.
  private static func hasAlias(_ bytes: [UInt8]) -> Bool {
    var line: ArraySlice<UInt8> = []
    for part in bytes.split(separator: 0x0A) {
      line = part
      guard let star = line.firstIndex(of: UInt8(ascii: "*")), line.index(after: star) < line.endIndex else { continue }
      let before = line[..<star].last { $0 != 0x20 && $0 != 0x09 }
      let opens = [UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: "{")]
      let isName = isNameByte(line[line.index(after: star)])
      if isName, before == nil || before.map(opens.contains) == true { return true }
    }
    return false
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
  }

  private static func value(of node: Node, depth: Int, budget: inout Int) -> JSONValue? {
    budget -= 1
    guard budget > 0, depth < JSONReader.maximumDepth else { return nil }
    switch node {
    case .scalar(let scalar): return self.value(of: scalar, node)
    case .sequence(let sequence):
      var elements: [JSONValue] = []
      for element in sequence {
        guard let value = value(of: element, depth: depth + 1, budget: &budget) else { return nil }
        elements.append(value)
      }
      return .array(elements)
    case .mapping(let mapping):
      var members: [JSONValue.Member] = []
      for (key, element) in mapping {
        guard let value = value(of: element, depth: depth + 1, budget: &budget) else { return nil }
        members.append(.init(key: key.scalar?.string ?? "", value: value))
      }
      return .object(members)
    case .alias: return .null
    }
  }

  private static func value(of scalar: Node.Scalar, _ node: Node) -> JSONValue {
    switch node.tag.rawValue {
    case "tag:yaml.org,2002:null": return .null
    case "tag:yaml.org,2002:bool":
      return .bool(["true", "yes", "on", "y"].contains(scalar.string.lowercased()))
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float":
      return Double(scalar.string).map { .number($0) } ?? .string(scalar.string)
    default: return .string(scalar.string)
    }
  }
}
