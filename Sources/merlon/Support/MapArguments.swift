import ArgumentParser
import MerlonScan

/// The flags of a map. Those that only a map has are keys of the table `[map]`.
struct MapArguments: ParsableArguments {
  @Option(
    help: "Form of the map: text, tree, json, openapi, markdown, html, mermaid or csv.",
    completion: .list(Setting.mapFormats))
  var format: String?

  @Option(help: "File for the map instead of standard output.", completion: .file())
  var output: String?

  @Option(help: "Show this application only, as module:name.")
  var app: String?

  @Flag(inversion: .prefixedNo, help: "Show only operations that anyone may call and that are not public on purpose.")
  var unprotected: Bool?

  @Option(help: "Show only operations of these methods, with commas between.")
  var method: [String] = []

  @Option(help: "Show only operations with one of these tags.")
  var tag: [String] = []

  @Option(help: "Show only operations that ask for one of these roles or scopes.")
  var role: [String] = []

  @Option(name: .customLong("path"), help: "Show only operations whose paths match, as '/users/*' or '/admin/**'.")
  var paths: [String] = []

  @Option(help: "Tell what changed since this commit, branch or tag of the git repository.")
  var diffBase: String?

  @Option(
    help: "Compare the code with a published OpenAPI document: a file, or an http(s) address.", completion: .file())
  var openapi: String?

  @Option(
    help: "Least severity of a difference that makes the exit code 1: critical, high (default), … or never.",
    completion: .list(Setting.severities))
  var failOn: String?

  @OptionGroup var reading: ReadingArguments

  /// The flags as settings.
  ///
  /// - Throws: `UsageFailure` naming every wrong value.
  func configuration() throws -> Configuration {
    var result = reading.configuration
    result.diffBase = diffBase
    result.failOn = failOn
    result.map.format = format
    result.map.output = output
    result.map.app = app
    result.map.unprotected = unprotected
    result.map.method = SettingCheck.list(method)
    result.map.tag = tag.isEmpty ? nil : tag
    result.map.role = role.isEmpty ? nil : role
    result.map.path = paths.isEmpty ? nil : paths
    result.map.openapi = openapi
    try SettingCheck(weaknesses: []).run(Setting.all + Setting.map, of: result)
    return result
  }
}
