import Foundation
import MerlonBase
import Testing

/// Nicolas Seriot's JSONTestSuite, where the shared vectors are there; the cases that RFC 8259 leaves open may go
/// either way, but the reader must come back from all of them.
@Test("Accepts and refuses what JSONTestSuite says", .enabled(if: suite != nil))
func jsonTestSuite() throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["gzip", "-dc", try #require(suite)]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let text = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  var count = 0
  for line in text.split(separator: UInt8(ascii: "\n")) {
    let entry = try JSONValue(parsing: Array(line))
    let name = try #require(entry["name"]?.string)
    let encoded = try #require(entry["b64"]?.string)
    let content = try #require(Data(base64Encoded: encoded))
    let isAccepted = (try? JSONValue(parsing: Array(content))) != nil
    switch entry["expect"]?.string {
    // Doubled keys are grammatical and refused all the same: which of the two counts would be a guess.
    case "accept": #expect(isAccepted != name.contains("duplicated_key"), "\(name)")
    case "reject": #expect(!isAccepted, "\(name)")
    default: break
    }
    count += 1
  }
  #expect(count > 300)
}

/// The folder beside the repository that holds vectors which are not ours to publish.
private let suite: String? = {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let candidates = ["../shared", "../../shared"].map {
    root.appendingPathComponent($0).appendingPathComponent("vectors/json-test-suite/cases.jsonl.gz").path
  }
  return candidates.first { FileManager.default.fileExists(atPath: $0) }
}()
