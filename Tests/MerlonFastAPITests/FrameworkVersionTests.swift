import Testing

@testable import MerlonFastAPI

@Suite struct FrameworkVersionTests {
  @Test(arguments: [
    ("0.136.3", FrameworkVersion(0, 136, 3)), ("0.65.2rc1", FrameworkVersion(0, 65, 2)), ("2", FrameworkVersion(2, 0)),
  ])
  func versionsAreRead(text: String, version: FrameworkVersion) {
    #expect(FrameworkVersion(text) == version)
  }

  @Test func textWithoutANumberIsNoVersion() { #expect(FrameworkVersion("latest") == nil) }

  @Test func versionsAreOrderedByNumber() { #expect(FrameworkVersion(0, 99, 1) < FrameworkVersion(0, 137)) }
}
