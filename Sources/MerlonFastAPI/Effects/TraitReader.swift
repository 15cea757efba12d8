import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Reads the traits of one operation.
struct TraitReader {
  let operation: OperationReader
  let response: EffectResponse

  private var reader: EffectReader { operation.reader }

  func traits(_ facts: EffectFacts) -> [OperationTrait] {
    guard let frame = operation.endpointFrame else { return [] }
    var result: [OperationTrait] = []
    func add(_ found: [OperationTrait]) {
      for trait in found
      where !result.contains(where: { $0.kind == trait.kind && $0.subject == trait.subject }) && result.count < 64 {
        result.append(trait)
      }
    }
    add(InputTraits(operation: operation, response: response).traits(frame))
    add(AnswerTraits(operation: operation, response: response).traits(frame))
    add(GuardTraits(operation: operation, response: response).traits(frame))
    add(AccountTraits(operation: operation).traits(frame))
    return result
  }
}

/// What the caller writes: whole models into rows, roles, owners, the identity itself.
struct InputTraits {
  let operation: OperationReader
  let response: EffectResponse

  func traits(_ frame: OperationReader.Frame) -> [OperationTrait] {
    rawBody(frame) + frame.summary.writes.flatMap(write) + identities()
  }

  // MARK: Raw bodies

  private func rawBody(_ frame: OperationReader.Frame) -> [OperationTrait] {
    guard !response.isWebSocket else { return [] }
    let outside = OutsideEffects(flow: frame.flow, models: operation.reader.models)
    for call in frame.flow.calls where outside.label(of: call, operation.reader.builder) == Label.rawBody {
      guard call.name != "form", !isValidated(call, frame) else { continue }
      return [
        OperationTrait(
          kind: .rawBody, subject: "request.\(call.name)",
          message: "the handler reads the body itself, so nothing validates it",
          location: frame.flow.module.location(call.node))
      ]
    }
    return []
  }

  /// True when the body goes into a model (`Order.model_validate(data)`, `Order(**data)`).
  private func isValidated(_ read: FlowCall, _ frame: OperationReader.Frame) -> Bool {
    let root = FlowValue.Root.call(Definition(module: frame.flow.module.id, node: read.node))
    return frame.flow.calls.contains { call in
      let validates =
        [
          "model_validate", "model_validate_json", "parse_obj", "parse_raw", "validate_python", "validate_json",
          "from_dict", "construct_event", "loads", "verify", "compare_digest",
        ].contains(call.name) || call.constructedClass != nil && call.arguments.contains { $0.form == .doubleStarred }
      return validates
        && call.arguments.contains { argument in
          frame.flow.values(of: argument.node).contains { $0.root == root }
        }
    }
  }

  // MARK: Writes

  private func write(_ write: FieldWrite) -> [OperationTrait] {
    switch write.form {
    case .spread: spread(write).map { [$0] } ?? []
    case .plain: privilege(write).map { [$0] } ?? []
    }
  }

  private func entity(_ write: FieldWrite) -> Entity? {
    for value in write.entity {
      if case .global(let name) = value.root, let found = operation.reader.entityTable[name] { return found }
    }
    return nil
  }

  /// A whole model or mapping of the caller goes into a row, and with it columns that it should not reach.
  private func spread(_ write: FieldWrite) -> OperationTrait? {
    for value in write.values {
      guard let source = source(of: value) else { continue }
      let entity = entity(write)
      let columns = entity.map { $0.columns.filter { !$0.isRelation }.map(\.name) } ?? []
      let fixed = Set(write.fixed + source.excluded)
      let reachable: [String]
      if let fields = source.fields {
        reachable = fields.filter { name in
          FieldNames.isPrivileged(name) && (columns.isEmpty || columns.contains(name)) && !fixed.contains(name)
        }
        guard !reachable.isEmpty else { continue }
      } else {
        reachable = columns.filter { FieldNames.isPrivileged($0) && !fixed.contains($0) }
        if entity != nil, reachable.isEmpty, !columns.isEmpty { continue }
      }
      guard !isDecidedByRole || source.fields == nil && !isDecidedByRole else { continue }
      let what =
        reachable.isEmpty ? "every column" : reachable.sorted().prefix(4).map { "`\($0)`" }.joined(separator: ", ")
      let target = entity?.name ?? "a stored object"
      return OperationTrait(
        kind: .massAssignment, subject: entity?.name ?? source.name,
        message: "all of `\(source.name)` is written to `\(target)`, which lets the caller set \(what)",
        location: write.location)
    }
    return nil
  }

  private struct Source {
    var name: String
    /// Names of the fields that the caller can send; nil when any.
    var fields: [String]?
    var excluded: [String]
  }

  /// The whole of a body parameter.
  private func source(of value: FlowValue) -> Source? {
    guard case .label(let label) = value.root else { return nil }
    if label == Label.rawBody {
      return value.path.isEmpty ? Source(name: "body", fields: nil, excluded: []) : nil
    }
    let path = value.path.texts.filter { !$0.hasPrefix("-") && $0 != FlowValue.element.text }
    let excluded = value.path.texts.filter { $0.hasPrefix("-") }.flatMap { $0.split(separator: "-").map(String.init) }
    guard path.isEmpty, label >= Label.firstClient, label < Label.firstDependency else { return nil }
    let position = Int(label - Label.firstClient)
    guard position < operation.clients.count, operation.clients[position].place == .body else { return nil }
    let name = operation.clients[position].name
    return Source(name: name, fields: fields(ofParameter: name), excluded: excluded)
  }

  /// The fields of a body model; nil for mappings and models that take any field.
  private func fields(ofParameter name: String) -> [String]? {
    for frame in operation.frames {
      for (node, role) in frame.callable.roles where role == .client(.body, name) {
        let annotation = frame.flow.tree.arg(node).annotation
        guard !annotation.isNone else { return nil }
        let types = frame.flow.semantics.annotationTypes(annotation)
        guard let definition = types.lazy.compactMap(\.definition).first else { return nil }
        if ModelClass.allowsExtra(definition, operation.reader.program) { return nil }
        return operation.reader.program.declaredFields(of: definition).map(\.name)
      }
    }
    return nil
  }

  /// Whoever may do this at all may set everything.
  private var isDecidedByRole: Bool {
    if operation.dependencies.contains(where: \.enforcesRole) { return true }
    return operation.frames.contains { frame in
      frame.summary.checks.contains { check in
        check.isRole && operation.hasPrincipal(check.values) && operation.clients(in: check.values).isEmpty
      }
    }
  }

  /// A role, scope, owner or tenant comes from the body and is not compared with the caller's.
  private func privilege(_ write: FieldWrite) -> OperationTrait? {
    let entity = entity(write)
    let grants = FieldNames.grantsPrivilege(write.field)
    let owns = entity?.ownerField == write.field && !(entity?.isPrincipal ?? true)
    guard grants || owns else { return nil }
    if let entity, !entity.columns.contains(where: { $0.name == write.field }) { return nil }
    for value in write.values {
      guard case .client(let place, let name) = operation.meaning(value),
        place == .body || place == .query || place == .form
      else { continue }
      let last = name.split(separator: ".").last.map(String.init) ?? name
      if value.isDerived, last != write.field { continue }
      guard !isCompared(name) else { continue }
      // Scopes are compared with scopes: the right to grant some is not the right to grant all.
      if isDecidedByRole, !(response.needsScopes && write.field == "scopes") { continue }
      return OperationTrait(
        kind: .privilegeFromInput, subject: entity.map { "\($0.name).\(write.field)" } ?? write.field,
        message: "`\(write.field)` is written from `\(name)` and not compared with what the caller has",
        location: write.location)
    }
    return nil
  }

  private func isCompared(_ name: String) -> Bool {
    operation.frames.contains { frame in
      frame.summary.checks.contains { check in
        operation.mentions(check.values, name) && operation.hasPrincipal(check.values)
      }
    }
  }

  // MARK: Identity

  /// The caller says who it is: an owner's column is compared with, or set to, an id that it sends.
  private func identities() -> [OperationTrait] {
    guard !response.isAuthenticated else { return headerChecks() }
    var result = headerChecks()
    for frame in operation.frames {
      for access in frame.summary.accesses {
        guard let entity = operation.entity(access), let owner = entity.ownerField, !entity.isPrincipal else {
          continue
        }
        for selector in access.selectors where selector.column == owner {
          for client in operation.clients(in: selector.values) where client.place != .path && client.place != .body {
            result.append(
              OperationTrait(
                kind: .identityFromInput, subject: client.name,
                message: "`\(client.name)` of the request says whose `\(entity.name)` objects these are",
                location: access.location))
          }
        }
      }
      for write in frame.summary.writes where write.form == .plain {
        guard let entity = entity(write), entity.ownerField == write.field, !entity.isPrincipal else { continue }
        for client in operation.clients(in: write.values) where client.place == .header || client.place == .query {
          result.append(
            OperationTrait(
              kind: .identityFromInput, subject: client.name,
              message: "`\(client.name)` of the request says who owns the new `\(entity.name)`",
              location: write.location))
        }
      }
    }
    return result
  }

  /// A header or parameter that names a role or user decides.
  private func headerChecks() -> [OperationTrait] {
    var result: [OperationTrait] = []
    for frame in operation.frames {
      for check in frame.summary.checks where check.raises {
        guard !operation.hasPrincipal(check.values) else { continue }
        for client in operation.clients(in: check.values)
        where client.place == .header || client.place == .query || client.place == .cookie {
          let words = client.name.lowercased().replacing("-", with: "_").split(separator: "_").map(String.init)
          guard
            words.contains(where: { ["role", "roles", "admin", "superuser", "permission", "permissions"].contains($0) })
              || FieldNames.isRole(words.last ?? "") && client.place == .header
          else { continue }
          result.append(
            OperationTrait(
              kind: .identityFromInput, subject: client.name,
              message: "`\(client.name)` of the request decides what the caller may do", location: check.location))
        }
      }
    }
    return result
  }
}

/// What validated classes say about further fields.
enum ModelClass {
  /// True for models with `extra="allow"`, in `model_config`, `class Config` or the class statement.
  static func allowsExtra(_ definition: Definition, _ program: Program) -> Bool {
    for reference in program.classOrder(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module) else { continue }
      let tree = module.tree
      guard tree.kind(owner.node) == .classDef else { continue }
      for keyword in tree[tree.classDef(owner.node).keywords] {
        let parts = tree.keyword(keyword)
        if tree.text(parts.name) == "extra", tree.stringValue(parts.value) == "allow" { return true }
      }
      for statement in tree[tree.classDef(owner.node).body] {
        let text: String
        switch tree.kind(statement) {
        case .assign, .annAssign: text = tree.text(statement)
        case .classDef where tree.text(tree.classDef(statement).name) == "Config": text = tree.text(statement)
        default: continue
        }
        guard text.hasPrefix("model_config") || text.hasPrefix("class Config") else { continue }
        if text.contains("Extra.allow") || states("allow", text) { return true }
        if states("forbid", text) || states("ignore", text) { return false }
      }
    }
    return false
  }

  private static func states(_ value: String, _ text: String) -> Bool {
    let plain = text.filter { $0 != " " && $0 != "\"" && $0 != "'" }
    return plain.contains("extra=\(value)") || plain.contains("extra:\(value)")
  }
}
