/// Types of Pydantic that are `Annotated` forms of plain ones (`pydantic.types` of Pydantic 2).
enum PydanticTypes {
  /// The plain type and the metadata of `PositiveInt` and the like, by dotted name; nil for other types.
  static func constrained(_ name: String) -> (base: PythonValue, metadata: [PythonValue])? {
    guard name.hasPrefix("pydantic."), let entry = table[TypeName.last(name)] else { return nil }
    let metadata = entry.metadata.map { item in
      PythonValue.instance(
        InstanceObject(type: .library(item.type), attributes: item.name.map { [$0: item.value] } ?? [:]))
    }
    return (.library(entry.base), metadata)
  }

  /// True for forms that stand for their argument: `Json[Item]`.
  static func isTransparent(_ name: String) -> Bool {
    name.hasPrefix("pydantic.") && ["Json", "OnErrorOmit", "InstanceOf", "SkipValidation"].contains(TypeName.last(name))
  }

  private struct Metadata {
    var type: String
    var name: String?
    var value: PythonValue
  }

  private static let table: [String: (base: String, metadata: [Metadata])] = {
    let bounds: [(prefix: String, type: String, name: String)] = [
      ("Positive", "annotated_types.Gt", "gt"), ("Negative", "annotated_types.Lt", "lt"),
      ("NonPositive", "annotated_types.Le", "le"), ("NonNegative", "annotated_types.Ge", "ge"),
    ]
    var table: [String: (base: String, metadata: [Metadata])] = [:]
    for bound in bounds {
      let metadata = Metadata(type: bound.type, name: bound.name, value: .integer(0))
      table[bound.prefix + "Int"] = ("builtins.int", [metadata])
      table[bound.prefix + "Float"] = ("builtins.float", [metadata])
    }
    let strict = Metadata(type: "pydantic.types.Strict", name: "strict", value: .bool(true))
    for (name, base) in [
      ("StrictStr", "str"), ("StrictInt", "int"), ("StrictFloat", "float"), ("StrictBool", "bool"),
      ("StrictBytes", "bytes"),
    ] {
      table[name] = ("builtins." + base, [strict])
    }
    for version in 1...8 {
      table["UUID\(version)"] = ("uuid.UUID", [Metadata(type: "pydantic.types.UuidVersion", value: .none)])
    }
    for name in ["FilePath", "DirectoryPath", "NewPath", "SocketPath"] {
      table[name] = ("pathlib.Path", [Metadata(type: "pydantic.types.PathType", value: .none)])
    }
    for name in ["Base64Bytes", "LegacyBase64Bytes", "Base64UrlBytes"] {
      table[name] = ("builtins.bytes", [Metadata(type: "pydantic.types.EncodedBytes", value: .none)])
    }
    for name in ["Base64Str", "Base64UrlStr"] {
      table[name] = ("builtins.str", [Metadata(type: "pydantic.types.EncodedStr", value: .none)])
    }
    table["FiniteFloat"] = ("builtins.float", [Metadata(type: "pydantic.types.AllowInfNan", value: .none)])
    return table
  }()
}
