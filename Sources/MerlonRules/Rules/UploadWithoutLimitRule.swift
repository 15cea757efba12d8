import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for files of any size that are read into memory.
struct UploadWithoutLimitRule: ModelRule {
  static let weakness = Weakness.uploadWithoutLimit

  func check(_ model: APIModel, in context: ModelContext) {
    let limited = Set((context.project?.postures ?? []).filter(\.facts.limitsBody).map { $0.application.place })
    for operation in context.operations where operation.route.kind == .http && operation.route.maxBodySize == nil {
      let application = model.applications[operation.applicationIndex]
      if let place = application.location, limited.contains(place) { continue }
      guard let file = operation.route.parameters.first(where: { $0.place == .file }) else { continue }
      let text = HandlerText(operation, context)
      let isBytes = file.type == "bytes" || file.type.contains("[bytes]")
      guard isBytes || text.callsWithoutArguments("read"),
        !text.mentions(names: ["content_length", "HTTP_413_REQUEST_ENTITY_TOO_LARGE"], numbers: [413])
      else { continue }
      context.report(
        Self.weakness, on: operation, "`\(file.name)` of any size is read into memory", subject: file.name,
        confidence: .medium,
        severity: operation.isOpen && context.facts.hasAuthentication(around: operation) ? .medium : .low)
    }
  }
}
