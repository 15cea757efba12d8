import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonProgram
import MerlonRules

/// Reads the model of the project's APIs and runs the rules that judge it. What they report lies in files that the user
/// asked about: an application of production code may use a handler that a test file defines.
struct ModelPass {
  let runner: RuleRunner
  /// Not shared with rules of another kind.
  let context: ProjectContext
  let options: ScanOptions
  let versions: FrameworkVersions
  let cache: ScanCache?

  /// - Parameter result: has the findings of the rules of modules and of the project; they are input here.
  func run(into result: inout ScanResult) {
    let found = known(others: result.findings) ?? made(others: result.findings)
    result.findings = RuleRunner.joined(result.findings, found.findings)
    result.limits += found.limits
  }

  private var readerOptions: APIReaderOptions {
    APIReaderOptions(
      fastAPIVersion: versions.fastAPI?.version, pydanticVersion: versions.pydantic?.version, roles: options.roles,
      publicOperations: options.policy.publicOperations, trustedGuards: options.policy.trustedGuards,
      ownerFields: options.policy.ownerFields + options.policy.tenantFields, models: options.models)
  }

  private func made(others: [Finding]) -> FindingsAndLimits {
    let program = context.program
    let (found, looks) = program.recordingLooks {
      let model = APIReader.read(program, options: readerOptions)
      let reported = Set(program.modules.filter { options.roles.contains($0.role) }.map(\.path))
      let findings = runner.checkModel(model, of: context, options: context.options, others: others)
        .filter { reported.contains($0.location.path) }
      return FindingsAndLimits(findings: findings, limits: model.limits)
    }
    cache?.store(found, ofModel: Self.digest(of: others), looks: looks)
    return found
  }

  // MARK: Cache

  private func known(others: [Finding]) -> FindingsAndLimits? {
    guard let cache else { return nil }
    var questions = APIQuestions(program: context.program, options: readerOptions)
    return cache.model(input: Self.digest(of: others)) { answer($0, &questions) }
  }

  /// Writes what the whole run worked out; questions of the model are answered by who asks them.
  func finishCache() {
    guard let cache else { return }
    var questions = APIQuestions(program: context.program, options: readerOptions)
    cache.finish { answer($0, &questions) }
  }

  private func answer(_ question: Question, _ questions: inout APIQuestions) -> [UInt8]? {
    context.program.answer(question) ?? questions.answer(question) ?? context.answer(question)
  }

  private static func digest(of findings: [Finding]) -> [UInt8] {
    var writer = CacheWriter()
    writer.write(findings)
    return SHA256.digest(writer.bytes)
  }
}
