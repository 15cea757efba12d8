import MerlonBase
import MerlonCatalog
import Testing

@Suite("Catalogue of weaknesses")
struct CatalogTests {
  @Test("every weakness says what it is, how it is repaired and where to read more (AT-5.1)", arguments: Weakness.all)
  func isComplete(weakness: Weakness) {
    #expect(!weakness.cwe.isEmpty)
    #expect(!weakness.owasp.isEmpty)
    #expect(!weakness.practices.isEmpty)
    #expect(!weakness.guide.isEmpty)
    #expect(!weakness.references.isEmpty)
    #expect(weakness.why.utf8.count > 150, "the explanation is a paragraph")
    #expect(!weakness.summary.hasSuffix("."), "the summary has no full stop")
    #expect(weakness.summary.utf8.count < 120)
    for step in weakness.guide { #expect(step.hasSuffix(".") || step.hasSuffix(")"), "\(step)") }
  }

  @Test("its numbers are numbers of their lists", arguments: Weakness.all)
  func numbersAreOfTheirLists(weakness: Weakness) {
    for number in weakness.cwe { #expect((1...1500).contains(number)) }
    #expect(Set(weakness.cwe).count == weakness.cwe.count)
    for entry in weakness.owasp {
      switch entry {
      case .api2023(let number), .web2021(let number): #expect((1...10).contains(number))
      }
    }
    for requirement in weakness.asvs {
      let parts = requirement.split(separator: ".").map { Int($0) ?? 0 }
      #expect(parts.count == 3 && (1...17).contains(parts[0]) && parts.allSatisfy { $0 > 0 }, "\(requirement)")
    }
    for practice in weakness.practices {
      let number = practice.hasPrefix("S") ? Int(practice.dropFirst()) ?? 0 : 0
      #expect((1...53).contains(number), "\(practice)")
    }
    for address in weakness.references { #expect(address.hasPrefix("https://")) }
    for number in weakness.cwe.prefix(1) {
      #expect(weakness.references.contains("https://cwe.mitre.org/data/definitions/\(number).html"))
    }
  }

  @Test("its id is of a family and its name is in kebab case", arguments: Weakness.all)
  func isNamed(weakness: Weakness) {
    #expect(weakness.id.utf8.count == 6)
    #expect(weakness.family != nil)
    let words = weakness.name.split(separator: "-", omittingEmptySubsequences: false)
    for word in words {
      #expect(!word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }, "\(weakness.name)")
    }
    #expect(words.count > 1)
  }

  @Test("no two weaknesses share an id or a name, and the list is sorted by id")
  func idsAreUnique() {
    #expect(Set(Weakness.all.map(\.id)).count == Weakness.all.count)
    #expect(Set(Weakness.all.map(\.name)).count == Weakness.all.count)
    #expect(Weakness.all.map(\.id) == Weakness.all.map(\.id).sorted())
  }

  @Test("the unsafe example marks its findings and the safe one has none", arguments: Weakness.all)
  func examplesAreMarked(weakness: Weakness) {
    #expect(!weakness.unsafe.expectedLines(of: weakness.id).isEmpty)
    #expect(!weakness.safe.code.contains("expect:"))
    #expect(weakness.unsafe.fileName == weakness.safe.fileName)
    #expect(!weakness.unsafe.codeWithoutMarks.contains("expect:"))
    #expect(weakness.unsafe.codeWithoutMarks != weakness.safe.codeWithoutMarks)
    for line in (weakness.unsafe.code + weakness.safe.code).split(separator: "\n") {
      #expect(line.utf8.count <= 120, "\(line)")
    }
  }

  @Test("marks are read as the fixtures have them")
  func marksAreRead() {
    let example = Example("a = 1\nb = 2  # expect: MRL101, MRL102\nc = 3  # expect: MRL101")
    #expect(example.expectedLines(of: "MRL101") == [2, 3])
    #expect(example.expectedLines(of: "MRL102") == [2])
    #expect(example.codeWithoutMarks == "a = 1\nb = 2\nc = 3\n")
  }

  @Test("a weakness is found by id and by name, and a misspelled name has a neighbour")
  func isFound() {
    #expect(Weakness.find("MRL101")?.name == "jwt-signature-not-verified")
    #expect(Weakness.find("mrl101")?.id == "MRL101")
    #expect(Weakness.find("jwt-none-algorithm")?.id == "MRL103")
    #expect(Weakness.find("sql") == nil)
    #expect(Weakness.nearestName(to: "jwt-non-algorithm") == "jwt-none-algorithm")
    #expect(Weakness.nearestName(to: "something-else-entirely") == nil)
  }

  @Test("entries of OWASP's lists are written as the lists write them")
  func owaspIsWritten() {
    #expect(Owasp.api2023(2).description == "API2:2023")
    #expect(Owasp.web2021(7).description == "A07:2021")
    #expect(Owasp.web2021(10).description == "A10:2021")
  }
}
