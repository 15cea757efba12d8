import Foundation
import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import Testing

/// Applications under `Tests/Fixtures/openapi`, each with the document that FastAPI itself gives for it.
@Suite struct OpenAPIDocumentTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/openapi")

  @Test(arguments: ["shop"]) func theDocumentIsThatOfFastAPI(_ name: String) throws {
    let folder = Self.folder.appending(path: name)
    let text = try String(contentsOf: folder.appending(path: "app.py"), encoding: .utf8)
    let expected = try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "document.json"))))
    let program = Program(
      files: [SourceFile(path: "app.py", text: text)],
      options: ProgramOptions(libraries: ModelledLibraries(LibraryModels.builtIn)))
    let model = APIReader.read(
      program,
      options: APIReaderOptions(
        fastAPIVersion: "0.165.0", pydanticVersion: "2.14.3", roles: Set(FileRole.allCases), publicOperations: [],
        trustedGuards: [], ownerFields: []))
    let application = try #require(model.applications.first)
    let found = OpenAPIWriter.document(of: application)
    var differences: [String] = []
    compare(expected, found, path: "", into: &differences)
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }

  private func compare(_ left: JSONValue, _ right: JSONValue, path: String, into differences: inout [String]) {
    switch (left, right) {
    case (.object(let members), .object(let others)):
      for member in members {
        guard let other = right[member.key] else {
          differences.append("\(path)/\(member.key) is missing")
          continue
        }
        compare(member.value, other, path: path + "/" + member.key, into: &differences)
      }
      for other in others where left[other.key] == nil {
        differences.append("\(path)/\(other.key) should not be there")
      }
    case (.array(let elements), .array(let others)) where elements.count == others.count:
      for (index, pair) in zip(elements, others).enumerated() {
        compare(pair.0, pair.1, path: path + "/\(index)", into: &differences)
      }
    default:
      if left != right {
        let texts = [left, right].map { String(decoding: $0.text(layout: .compact), as: UTF8.self) }
        differences.append("\(path) should be \(texts[0]), is \(texts[1])")
      }
    }
  }
}
