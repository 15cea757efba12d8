import MerlonBase
import MerlonScan
import Testing

/// Forty operations whose access was written down by hand beside each.
@Suite struct AccessTruthTests {
  private struct Truth {
    var level: String
    var schemes: Set<String> = []
    var requirements: Set<String> = []
  }

  /// `# access: authorized by OAuth2PasswordBearer admin` behind a decorator, by the name of the function below.
  private static func truth(_ text: String) -> [String: Truth] {
    var found: [String: Truth] = [:]
    var pending: Truth?
    for line in text.split(separator: "\n") {
      if let range = line.firstRange(of: "# access: ") {
        let words = line[range.upperBound...].split(separator: " ").map(String.init)
        var truth = Truth(level: words.first ?? "")
        if words.count > 2 { truth.schemes = [words[2]] }
        truth.requirements = Set(words.dropFirst(3))
        pending = truth
      } else if line.hasPrefix("def "), let truth = pending {
        found[String(line.dropFirst(4).prefix { $0 != "(" })] = truth
        pending = nil
      }
    }
    return found
  }

  @Test func theMapTellsTheFourKindsOfAccessAndTheSchemesAsTheirAuthorWroteThemDown() throws {
    func fixture(_ name: String) throws -> String {
      let place = TestFolder.sources + "/../Fixtures/map/" + name
      return String(decoding: try DiskFileSystem().read(.init(place), limit: 1 << 20), as: UTF8.self)
    }
    let text = try fixture("access.py")
    let expected = Self.truth(text)
    #expect(expected.count == 40)
    let folder = TestFolder(["api.py": text, "database.py": try fixture("database.py")])
    let value = try JSONValue(parsing: Array(folder.merlon("map", "--format", "json").output.utf8))
    let routes = (value["apps"]?.array?.first?["routes"]?.array ?? []).filter { $0["kind"]?.string == "http" }
    #expect(routes.count == 40)
    for route in routes {
      let name = route["endpoint"]?["qualname"]?.string ?? ""
      let truth = try #require(expected[name], "\(name)")
      #expect(route["access"]?["level"]?.string == truth.level, "\(name)")
      let schemes = Set(route["security"]?.array?.compactMap { $0["scheme_name"]?.string } ?? [])
      #expect(schemes == truth.schemes, "\(name)")
      let asked = Set(route["access"]?["requirements"]?.array?.compactMap(\.string) ?? [])
      #expect(asked.isSuperset(of: truth.requirements), "\(name): \(asked)")
    }
  }
}
