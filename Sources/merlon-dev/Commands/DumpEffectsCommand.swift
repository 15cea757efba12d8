import ArgumentParser
import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonScan

/// `merlon-dev dump effects`: what operations do, which objects their callers choose, and their traits.
struct DumpEffectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects", abstract: "Print what each operation does and which objects its caller chooses.")

  @Argument(help: "A folder, or one file.")
  var path: String

  @Option(help: "Only operations whose endpoint's name contains this.")
  var only: String?

  @Flag(help: "Only operations with something untied or a trait.")
  var suspicious = false

  func run() throws {
    let project = ProjectOptions(
      roles: Set(FileRole.allCases), exclude: [], maximumFileSize: 4 << 20, threadCount: 2, packagePath: [],
      fastAPIVersion: nil)
    let result = try Mapper.map(
      RawPath(path), options: MapOptions(project: project, fallsBackToAllRoles: false, policy: Policy()),
      files: DiskFileSystem())
    var output = ByteOutput(descriptor: 1)
    for application in result.model.applications {
      for route in application.routes { write(route, &output) }
    }
    output.flush()
  }

  private func write(_ route: Route, _ output: inout ByteOutput) {
    let name = route.endpoint?.fullName ?? "?"
    if let only, !name.contains(only) { return }
    let untied = route.objectAccesses.contains { $0.tie == .none || $0.tie == .otherIdentifierChecked }
    if suspicious, !untied, route.traits.isEmpty, route.flows.isEmpty { return }
    output.append("\(route.methods.joined(separator: ",")) \(route.path)  \(name)\n")
    for effect in route.effects {
      output.append("  effect \(effect.kind.rawValue) \(effect.target) at \(text(effect.location))\n")
    }
    for access in route.objectAccesses {
      let owner = access.ownerField.map { " owner=\($0)" } ?? ""
      output.append(
        "  object \(access.parameter) (\(access.place.rawValue)) \(access.effect.rawValue) \(access.entity) "
          + "tie=\(access.tie.rawValue)\(owner)\(access.isNameOnly ? " name-only" : "") at \(text(access.location))\n")
    }
    for flow in route.flows {
      output.append(
        "  flow \(flow.sink.rawValue) \(flow.place?.rawValue ?? "request") \(flow.source) -> \(flow.callee) at \(text(flow.location))"
          + (flow.flaw.map { " although \($0)" } ?? "") + "\n")
      for step in flow.steps { output.append("    \(text(step.location)) \(step.message)\n") }
    }
    for trait in route.traits {
      output.append("  trait \(trait.kind.rawValue) \(trait.subject): \(trait.message) at \(text(trait.location))\n")
    }
  }

  private func text(_ location: SourceLocation) -> String { "\(location.path):\(location.start.line)" }
}
