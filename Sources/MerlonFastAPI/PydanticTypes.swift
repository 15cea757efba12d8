/// Types of Pydantic that are `Annotated` forms of plain ones (`pydantic.types` of Pydantic 2).
enum PydanticTypes {
  /// The plain type and the metadata of `PositiveInt` and the like, by dotted name; nil for other types.
  static func constrained(_ name: String) -> (base: PythonValue, metadata: [PythonValue])? {
    guard name.hasPrefix("pydantic."), let entry = table[TypeName.last(name)] else { return nil }
    let metadata = entry.metadata.map { item in
      PythonValue.instance(
        InstanceObject(
          type: .library(item.type),
          attributes: item.limit.map { [$0.name: $0.isFlag ? .bool(true) : .integer(0)] } ?? [:]))
    }
    return (.library(entry.base), metadata)
  }

  /// True for forms that stand for their argument: `Json[Item]`.
  static func isTransparent(_ name: String) -> Bool {
    name.hasPrefix("pydantic.")
      && ["Json", "OnErrorOmit", "InstanceOf", "SkipValidation"].contains(TypeName.last(name))
  }

  private struct Metadata: Sendable {
    var type: String
    /// The attribute that limits the value: true, or a bound of 0.
    var limit: (name: String, isFlag: Bool)?
  }

  private static let table: [String: (base: String, metadata: [Metadata])] = {
    let bounds: [(prefix: String, type: String, name: String)] = [
      ("Positive", "annotated_types.Gt", "gt"), ("Negative", "annotated_types.Lt", "lt"),
      ("NonPositive", "annotated_types.Le", "le"), ("NonNegative", "annotated_types.Ge", "ge"),
    ]
    var table: [String: (base: String, metadata: [Metadata])] = [:]
    for bound in bounds {
      let metadata = Metadata(type: bound.type, limit: (bound.name, false))
      table[bound.prefix + "Int"] = ("builtins.int", [metadata])
      table[bound.prefix + "Float"] = ("builtins.float", [metadata])
    }
    let strict = Metadata(type: "pydantic.types.Strict", limit: ("strict", true))
    for (name, base) in [
      ("StrictStr", "str"), ("StrictInt", "int"), ("StrictFloat", "float"), ("StrictBool", "bool"),
      ("StrictBytes", "bytes"),
    ] {
      table[name] = ("builtins." + base, [strict])
    }
    for version in 1...8 {
      table["UUID\(version)"] = ("uuid.UUID", [Metadata(type: "pydantic.types.UuidVersion")])
    }
    for name in ["FilePath", "DirectoryPath", "NewPath", "SocketPath"] {
      table[name] = ("pathlib.Path", [Metadata(type: "pydantic.types.PathType")])
    }
    for name in ["Base64Bytes", "LegacyBase64Bytes", "Base64UrlBytes"] {
      table[name] = ("builtins.bytes", [Metadata(type: "pydantic.types.EncodedBytes")])
    }
    for name in ["Base64Str", "Base64UrlStr"] {
      table[name] = ("builtins.str", [Metadata(type: "pydantic.types.EncodedStr")])
    }
    table["FiniteFloat"] = ("builtins.float", [Metadata(type: "pydantic.types.AllowInfNan")])
    return table
  }()
}
