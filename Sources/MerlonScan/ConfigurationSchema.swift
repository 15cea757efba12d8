import MerlonBase

/// The configuration as a JSON schema (draft 2020-12), which editors use to complete and check `merlon.toml`.
package enum ConfigurationSchema {
  package static var text: String {
    var schema = Schema()
    schema.writer.beginObject()
    schema.strings([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "merlon.toml"), ("type", "object"),
    ])
    schema.flag("additionalProperties", false)
    schema.object("properties") {
      for setting in Setting.all where setting.name != "ignore" { $0.setting(setting) }
      $0.map()
      $0.ignore()
      $0.policy()
    }
    schema.writer.endObject()
    return String(decoding: schema.writer.bytes, as: UTF8.self) + "\n"
  }
}

/// Writes the parts of a schema.
private struct Schema {
  var writer = JSONWriter(layout: .indented)

  mutating func setting(_ setting: Setting) {
    object(setting.flagName) { schema in
      schema.strings([("description", setting.help)])
      switch setting.target {
      case .boolean: schema.strings([("type", "boolean")])
      case .integer(_, let maximum):
        schema.strings([("type", "integer")])
        schema.number("minimum", 1)
        schema.number("maximum", maximum)
      case .string, .version, .inputFile, .outputFile: schema.strings([("type", "string")])
      case .choice(_, let choices):
        schema.strings([("type", "string")])
        schema.list("enum", choices)
      case .strings, .rules:
        schema.strings([("type", "array")])
        schema.object("items") { $0.strings([("type", "string")]) }
      case .choices(_, let choices):
        schema.strings([("type", "array")])
        schema.object("items") { items in
          items.strings([("type", "string")])
          items.list("enum", choices)
        }
      }
    }
  }

  mutating func map() {
    object("map") { schema in
      schema.strings([("description", "Form and selection of `merlon map`."), ("type", "object")])
      schema.flag("additionalProperties", false)
      schema.object("properties") { for setting in Setting.map { $0.setting(setting) } }
    }
  }

  mutating func ignore() {
    object("ignore") { schema in
      schema.strings([
        ("description", "Weaknesses that are not looked for, and findings that do not count."), ("type", "array"),
      ])
      schema.object("items") { items in
        items.list("type", ["string", "object"])
        items.list("required", ["rule", "path", "reason"])
        items.flag("additionalProperties", false)
        items.object("properties") { properties in
          for (name, help) in [
            ("rule", "Ids, names or beginnings of ids."), ("path", "Paths in the form of .gitignore."),
          ] {
            properties.object(name) {
              $0.strings([("description", help)])
              $0.list("type", ["string", "array"])
              $0.object("items") { $0.strings([("type", "string")]) }
            }
          }
          for (name, help) in [
            ("reason", "Why."), ("owner", "Who answers for it."), ("until", "Last day, YYYY-MM-DD."),
          ] {
            properties.object(name) { $0.strings([("description", help), ("type", "string")]) }
          }
        }
      }
    }
  }

  mutating func policy() {
    let lists = [
      ("public-operations", "Operations that are public on purpose: `POST /login`."),
      ("trusted-guards", "Qualified names of callables that keep strangers out."),
      ("owner-fields", "Names of the fields that hold whom an object belongs to."),
      ("tenant-fields", "Names of the fields that hold the tenant."),
    ]
    object("policy") { schema in
      schema.strings([("description", "What the API is meant to be."), ("type", "object")])
      schema.flag("additionalProperties", false)
      schema.object("properties") { properties in
        for (name, help) in lists {
          properties.object(name) {
            $0.strings([("description", help), ("type", "array")])
            $0.object("items") { $0.strings([("type", "string")]) }
          }
        }
        properties.object("required-dependency") {
          $0.strings([
            ("description", "Qualified name of the dependency that every operation but the public ones must have."),
            ("type", "string"),
          ])
        }
      }
    }
  }

  mutating func object(_ key: String, _ body: (inout Schema) -> Void) {
    writer.key(key)
    writer.beginObject()
    body(&self)
    writer.endObject()
  }

  mutating func strings(_ pairs: [(String, String)]) {
    for (key, value) in pairs {
      writer.key(key)
      writer.value(value)
    }
  }

  mutating func list(_ key: String, _ values: [String]) {
    writer.key(key)
    writer.beginArray()
    for value in values { writer.value(value) }
    writer.endArray()
  }

  mutating func number(_ key: String, _ value: Int) {
    writer.key(key)
    writer.value(value)
  }

  mutating func flag(_ key: String, _ value: Bool) {
    writer.key(key)
    writer.value(value)
  }
}
