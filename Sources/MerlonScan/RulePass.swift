import MerlonBase
import MerlonProgram

/// The hook between reading and reporting: builds the program and runs the rules of `MerlonRules` over it.
enum RulePass {
  /// Adds findings (without fingerprints), applications and limits to the result.
  static func run(
    on sources: [SourceFile], and others: [OtherFile], options: ScanOptions, files: any FileSystem,
    into result: inout ScanResult
  ) {
    _ = Program(files: sources, options: ProgramOptions(threadCount: options.threadCount))
  }
}
