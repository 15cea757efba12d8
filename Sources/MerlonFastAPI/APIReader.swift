package import MerlonAPI
import MerlonBase
package import MerlonModels
package import MerlonProgram

/// Reads the model of a project's APIs from its code.
///
/// Never fails: what can't be told is missing from the model and named in its limits.
package enum APIReader {
  package static func read(_ program: Program, options: APIReaderOptions) -> APIModel {
    let choices = InterpreterOptions(
      fastAPIVersion: options.fastAPIVersion.flatMap { FrameworkVersion($0) } ?? .newestFastAPI,
      pydanticVersion: options.pydanticVersion.flatMap { FrameworkVersion($0) } ?? .newestPydantic)
    // Imports nest deeply, and each level of the code that is run needs several levels here.
    let read = program.carryingLooks {
      let interpreter = Interpreter(program: program, options: choices)
      interpreter.stackSize = UInt(Stack.ownSize) - (4 << 20)
      var model = APIReading(interpreter: interpreter, options: options).model()
      EffectPass(program: program, options: options).apply(to: &model)
      return model
    }
    return Stack.run(read)
  }
}

/// Choices of `APIReader.read`.
package struct APIReaderOptions: Sendable {
  /// Versions that the project runs on, as `0.136.3`; nil when not known: then the newest that was measured is assumed,
  /// and who detects the version says so as a limit.
  package var fastAPIVersion: String?
  package var pydanticVersion: String?
  /// Roles of the files whose applications are listed.
  package var roles: Set<FileRole>
  /// Operations that are public on purpose, as `GET /health` or a path pattern with `*`.
  package var publicOperations: [String]
  /// Callables, by dotted name, that are trusted to enforce authentication.
  package var trustedGuards: [String]
  /// Fields that name the owner or the tenant of an object, beside the usual ones.
  package var ownerFields: [String]
  /// What libraries mean, and what the project's own models say.
  package var models: LibraryModels

  package init(
    fastAPIVersion: String?, pydanticVersion: String?, roles: Set<FileRole>, publicOperations: [String],
    trustedGuards: [String], ownerFields: [String], models: LibraryModels = .builtIn
  ) {
    self.fastAPIVersion = fastAPIVersion
    self.pydanticVersion = pydanticVersion
    self.roles = roles
    self.publicOperations = publicOperations
    self.trustedGuards = trustedGuards
    self.ownerFields = ownerFields
    self.models = models
  }
}
