import MerlonBase

/// Pydantic's core schema of a type, as far as its JSON Schema depends on it.
///
/// A tree of nodes that refer to definitions by key, so that recursive types are finite. Made once a type, written in
/// both modes.
final class CoreSchema {
  indirect enum Kind {
    case any, none, boolean, integer, float, decimal, string, bytes
    /// `date`, `time`, `date-time`, `duration`.
    case temporal(String)
    case uuid
    case literal([JSONValue])
    case enumeration(title: String, description: String?, values: [JSONValue])
    case array(CoreSchema?, isSet: Bool)
    case tuple([CoreSchema], isVariadic: Bool)
    case dictionary(keys: CoreSchema?, values: CoreSchema?)
    case nullable(CoreSchema)
    case union([CoreSchema])
    /// Choices by tag; `discriminator` is the property's name, nil when a function decides.
    case tagged([(tag: String, schema: CoreSchema)], discriminator: String?)
    case object(ObjectSchema)
    case namedTuple([SchemaField])
    /// A model that stands for its only field.
    case root(ObjectSchema)
    case reference(String)
    /// Nil for values that have no JSON form, and for factories.
    case withDefault(CoreSchema, PythonValue?)
    /// A validator around another schema.
    case function(CoreSchema)
    /// What `lax-or-strict` and `json-or-python` come down to: constraints don't go inside.
    case wrapped(CoreSchema)
    /// Data goes in as the first and leaves as the last.
    case chain(CoreSchema, CoreSchema)
    /// A text that holds JSON.
    case json(CoreSchema)
    /// What a type itself says its schema is.
    case fixed(JSONValue)
    /// Members that a type puts over those of another schema.
    case patched(CoreSchema, [JSONValue.Member])
    /// No schema exists: unions leave it out, everything else shows an empty one.
    case invalid(String)
  }

  var kind: Kind
  /// By the names of JSON Schema: `minLength`, `maximum`, …
  var constraints: [JSONValue.Member] = []
  /// Title, description, examples and the like, which are put over what the type says.
  var updates: [JSONValue.Member] = []
  var extra: [JSONValue.Member] = []
  /// `WithJsonSchema`, `SkipJsonSchema` and `Examples`, in order.
  var overrides: [SchemaOverride] = []
  var serializer: CoreSerializer?

  init(_ kind: Kind) {
    self.kind = kind
  }
}

/// How a value leaves when a function makes it.
struct CoreSerializer {
  /// Nil when the function does not say what it gives: the schema of the value holds then.
  var schema: CoreSchema?
  var keepsNone: Bool
}

enum SchemaOverride {
  case replace(JSONValue, mode: SchemaMode?)
  case omit(mode: SchemaMode?)
  case examples([JSONValue], mode: SchemaMode?)
}

enum SchemaMode: String, Hashable {
  case validation, serialization

  /// What is appended to names that the modes share.
  var suffix: String { self == .validation ? "Input" : "Output" }
}

/// The fields of a model, dataclass or `TypedDict` with what its class says.
final class ObjectSchema {
  /// Definition key, and what the naming of definitions needs.
  let name: DefinitionName
  /// `cls.__name__`.
  let title: String
  let config: ModelConfig
  /// False where the settings of the model around it hold (standard dataclasses and typed dictionaries).
  let hasOwnConfig: Bool
  var description: String?
  var fields: [SchemaField] = []
  var isDeprecated = false
  var extra: [JSONValue.Member] = []
  /// A callable `json_schema_extra`, which changes the written schema.
  var extraFunction: PythonValue?
  /// A last change that Swift code makes: bodies of forms put their models together.
  var rewrite: ((JSONValue) -> JSONValue)?
  var serializer: CoreSerializer?
  /// Schema of undeclared members (`__pydantic_extra__`).
  var additional: CoreSchema?
  let type: PythonValue

  init(name: DefinitionName, title: String, config: ModelConfig, hasOwnConfig: Bool, type: PythonValue) {
    self.name = name
    self.title = title
    self.config = config
    self.hasOwnConfig = hasOwnConfig
    self.type = type
  }
}

/// A field of an object or tuple.
struct SchemaField {
  var name: String
  var validationAlias: String
  var serializationAlias: String
  var schema: CoreSchema
  /// Title, description, examples and the like of the field.
  var updates: [JSONValue.Member]
  var extra: [JSONValue.Member]
  /// A callable `json_schema_extra`.
  var extraFunction: PythonValue?
  var isRequired: Bool
  var isExcluded: Bool
  var isComputed: Bool
}

/// Names that a definition can have, simplest first: `GenerateJsonSchema.get_defs_ref`.
struct DefinitionName: Hashable {
  /// Tells it from all others.
  var key: String
  /// `pkg.mod.Outer.Name[args]`.
  var qualified: String

  /// `Name[args]`, normalised.
  var short: String { Self.normalised(Self.shortened(qualified)) }
  /// `pkg__mod__Name_args_`.
  var long: String { Self.normalised(qualified) }

  /// Everything up to the last dot of each component is dropped.
  private static func shortened(_ name: String) -> String {
    var result = ""
    var component = ""
    func flush() {
      if let dot = component.lastIndex(of: "."), component.index(after: dot) < component.endIndex {
        // Blanks in front of a name belong to its first part.
        component = String(component[component.index(after: dot)...])
      }
      result += component
      component = ""
    }
    for character in name {
      if character == "[" || character == "]" || character == "," {
        flush()
        result.append(character)
      } else {
        component.append(character)
      }
    }
    flush()
    return result
  }

  /// `normalize_name`.
  private static func normalised(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": result.unicodeScalars.append(scalar)
      case ".": result += "__"
      default: result += "_"
      }
    }
    return result
  }
}
