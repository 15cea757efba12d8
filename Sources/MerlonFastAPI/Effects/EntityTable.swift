package import MerlonFlow
package import MerlonProgram
import MerlonPython

/// A class whose objects are stored: a table's row, a document.
package struct Entity: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var name: String
    package var isPrimaryKey: Bool
    package var isUnique: Bool
    /// What a foreign key names: `users.id`; or the class that a relation leads to. Nil for plain columns.
    package var target: String?
    package var isRelation: Bool
  }

  /// Dotted name of the class.
  package var qualifiedName: String
  package var definition: Definition
  /// Name of the table or collection where the class states it.
  package var table: String?
  package var columns: [Column]
  /// The column that says whose an object is: owner, creator, tenant. Nil when there is none.
  package var ownerField: String?
  /// The entity through which an owner is found, where the class has no such column itself (a line of an order).
  package var parent: String?
  /// True for the entity of the callers themselves (`User`, `Account`).
  package var isPrincipal: Bool

  /// Last part of the dotted name.
  package var name: String { qualifiedName.split(separator: ".").last.map(String.init) ?? qualifiedName }

  /// Columns that decide what a principal may do, whose an object is, or what it is worth.
  package var privilegedColumns: [String] { columns.map(\.name).filter { FieldNames.isPrivileged($0) } }
}

/// The stored classes of a program.
package struct EntityTable: Sendable {
  package private(set) var entities: [Entity] = []
  private var byName: [String: Int] = [:]
  private var byDefinition: [Definition: Int] = [:]
  private var byTable: [String: Int] = [:]
  /// Negative where several have the name.
  private var byLastName: [String: Int] = [:]

  /// - Parameter ownerFields: names of owner columns that the project's configuration adds.
  package init(_ program: Program, ownerFields: [String] = []) {
    var reader = EntityClassReader(program: program, ownerFields: Set(ownerFields))
    for module in program.modules {
      for scope in module.scopes where scope.kind == .class {
        if let entity = reader.read(scope.node, module) { entities.append(entity) }
      }
    }
    for (index, entity) in entities.enumerated() {
      byName[entity.qualifiedName] = byName[entity.qualifiedName] ?? index
      byDefinition[entity.definition] = index
      byLastName[entity.name] = byLastName[entity.name] == nil ? index : -1
      if let table = entity.table { byTable[table] = byTable[table] ?? index }
    }
    linkParents(reader)
  }

  package subscript(name: String) -> Entity? { byName[name].map { entities[$0] } }
  package subscript(name: FlowName) -> Entity? { self[name.text] }
  package subscript(definition: Definition) -> Entity? { byDefinition[definition].map { entities[$0] } }
  package subscript(table table: String) -> Entity? { byTable[table].map { entities[$0] } }

  /// The only entity with that last name; nil when there are several.
  package func named(_ name: String) -> Entity? { byLastName[name].flatMap { $0 < 0 ? nil : entities[$0] } }

  /// An entity without an owner's column belongs to whom its parent belongs to.
  private mutating func linkParents(_ reader: EntityClassReader) {
    for (index, entity) in entities.enumerated() {
      for column in entity.columns where !column.isRelation {
        guard let target = column.target, let parent = self.target(target), parent.qualifiedName != entity.qualifiedName
        else { continue }
        // A foreign key to the callers' own table names the owner, whatever it is called.
        if parent.isPrincipal, entities[index].ownerField == nil, !FieldNames.isBystander(column.name) {
          entities[index].ownerField = column.name
        }
      }
    }
    for (index, entity) in entities.enumerated() where entity.ownerField == nil {
      for column in entity.columns where !column.isRelation && column.name.hasSuffix("_id") {
        guard let target = column.target, let parent = self.target(target), parent.ownerField != nil,
          parent.qualifiedName != entity.qualifiedName, !parent.isPrincipal
        else { continue }
        entities[index].parent = parent.qualifiedName
        break
      }
    }
  }

  private func target(_ text: String) -> Entity? {
    let parts = text.split(separator: ".").map(String.init)
    if let first = parts.first, let found = self[table: first] { return found }
    return self[text] ?? parts.first.flatMap { named($0) }
  }
}

/// Reads class statements.
private struct EntityClassReader {
  let program: Program
  let ownerFields: Set<String>

  private static let bases: Set<String> = [
    "sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.DeclarativeBaseNoMeta", "beanie.Document",
    "beanie.odm.documents.Document", "tortoise.models.Model", "tortoise.Model", "django.db.models.Model",
    "django.db.models.base.Model", "mongoengine.Document", "mongoengine.document.Document", "peewee.Model",
    "odmantic.Model", "piccolo.table.Table", "ormar.Model", "pony.orm.Entity", "edgy.Model", "gino.Model",
    "sqlalchemy.ext.declarative.AbstractConcreteBase", "redis_om.HashModel", "redis_om.JsonModel", "umongo.Document",
  ]
  private static let columnCalls: Set<String> = [
    "Column", "mapped_column", "CharField", "IntField", "IntegerField", "ForeignKey", "ForeignKeyField", "UUIDField",
    "TextField", "BigIntField", "DatetimeField", "BooleanField", "OneToOneField", "AutoField", "StringField",
    "ReferenceField", "Varchar", "BooleanField", "DecimalField",
  ]
  private static let relationCalls: Set<String> = ["relationship", "Relationship", "backref", "association_proxy"]

  mutating func read(_ node: NodeID, _ module: Module) -> Entity? {
    let tree = module.tree
    let definition = Definition(module: module.id, node: node)
    let order = program.classOrder(of: definition)
    let body = tree[tree.classDef(node).body]
    var table: String?
    var isEntity = false
    for reference in order.dropFirst() where Self.bases.contains(reference.qualifiedName) { isEntity = true }
    for keyword in tree[tree.classDef(node).keywords] {
      let parts = tree.keyword(keyword)
      if tree.text(parts.name) == "table", tree.text(parts.value) == "True" { isEntity = true }
    }
    for statement in body where tree.kind(statement) == .assign {
      let parts = tree.assign(statement)
      guard let target = tree[parts.targets].first, tree.kind(target) == .name else { continue }
      let name = tree.text(tree.nameID(target))
      if name == "__tablename__" || name == "__table__" {
        isEntity = true
        table = tree.stringValue(parts.value)
      }
      if name == "__abstract__" { return nil }
    }
    var columns: [Entity.Column] = []
    var hasColumns = false
    for reference in order.reversed() {
      guard let owner = reference.definition, let home = program.module(owner.module),
        home.tree.kind(owner.node) == .classDef
      else { continue }
      for column in self.columns(owner.node, home) {
        if column.isStored { hasColumns = true }
        if let known = columns.firstIndex(where: { $0.name == column.column.name }) {
          columns[known] = column.column
        } else {
          columns.append(column.column)
        }
      }
    }
    guard isEntity || (hasColumns && order.count > 1) else { return nil }
    guard !columns.isEmpty || table != nil else { return nil }
    let qualifiedName = module.qualifiedName(ofScopeAt: node)
    let name = tree.text(tree.classDef(node).name)
    let isPrincipal = FieldNames.isPrincipalEntity(name)
    return Entity(
      qualifiedName: qualifiedName, definition: definition, table: table, columns: columns,
      ownerField: isPrincipal ? nil : owner(columns.filter { !$0.isRelation }) ?? owner(columns.filter(\.isRelation)),
      parent: nil, isPrincipal: isPrincipal)
  }

  private func owner(_ columns: [Entity.Column]) -> String? {
    if let configured = columns.first(where: { ownerFields.contains($0.name) }) { return configured.name }
    var best: (rank: Int, name: String)?
    for column in columns {
      guard let rank = FieldNames.ownerRank(column.name) else { continue }
      if best == nil || rank < (best?.rank ?? 0) { best = (rank, column.name) }
    }
    return best?.name
  }

  /// The columns that one class statement declares.
  private func columns(_ node: NodeID, _ module: Module) -> [(column: Entity.Column, isStored: Bool)] {
    let tree = module.tree
    var result: [(Entity.Column, Bool)] = []
    for statement in tree[tree.classDef(node).body] {
      let target: NodeID
      let value: NodeID
      var annotation = NodeID.none
      switch tree.kind(statement) {
      case .assign:
        let parts = tree.assign(statement)
        guard let first = tree[parts.targets].first else { continue }
        target = first
        value = parts.value
        guard tree.kind(value) == .call else { continue }
      case .annAssign:
        let parts = tree.annAssign(statement)
        target = parts.target
        value = parts.value
        annotation = parts.annotation
      default: continue
      }
      guard tree.kind(target) == .name else { continue }
      let name = tree.text(tree.nameID(target))
      guard !name.hasPrefix("__"), name != "model_config" else { continue }
      if let column = column(name, value, annotation, tree) { result.append(column) }
    }
    return result
  }

  private func column(_ name: String, _ value: NodeID, _ annotation: NodeID, _ tree: Tree) -> (Entity.Column, Bool)? {
    var column = Entity.Column(name: name, isPrimaryKey: false, isUnique: false, target: nil, isRelation: false)
    var isStored = false
    if !annotation.isNone {
      let text = tree.text(annotation)
      if text.hasPrefix("ClassVar") { return nil }
      if text.hasPrefix("Mapped") { isStored = true }
      if text.hasPrefix("Link[") || text.hasPrefix("fields.ForeignKey") { column.isRelation = true }
    }
    guard tree.kind(value) == .call else {
      return annotation.isNone ? nil : (column, isStored)
    }
    let call = tree.call(value)
    let callee = lastName(call.function, tree)
    if Self.relationCalls.contains(callee) {
      column.isRelation = true
      isStored = true
      column.target = tree[call.arguments].first.flatMap { tree.stringValue($0) }
    } else if Self.columnCalls.contains(callee) {
      isStored = true
      if callee.hasPrefix("ForeignKey") || callee == "OneToOneField" || callee == "ReferenceField" {
        column.target = tree[call.arguments].first.map { tree.stringValue($0) ?? tree.text($0) }
      }
    } else if annotation.isNone {
      return nil
    }
    for argument in tree[call.arguments] where tree.kind(argument) == .call {
      let inner = tree.call(argument)
      if lastName(inner.function, tree) == "ForeignKey" {
        column.target = tree[inner.arguments].first.map { tree.stringValue($0) ?? tree.text($0) }
      }
    }
    for keyword in tree[call.keywords] {
      let parts = tree.keyword(keyword)
      switch tree.text(parts.name) {
      case "primary_key", "pk": column.isPrimaryKey = tree.text(parts.value) == "True"
      case "unique": column.isUnique = tree.text(parts.value) == "True"
      case "foreign_key": column.target = tree.stringValue(parts.value)
      default: continue
      }
    }
    return (column, isStored)
  }

  private func lastName(_ expression: NodeID, _ tree: Tree) -> String {
    switch tree.kind(expression) {
    case .name: tree.text(tree.nameID(expression))
    case .attribute: tree.text(tree.attribute(expression).name)
    default: ""
    }
  }
}
