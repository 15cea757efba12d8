import MerlonBase

extension CoreSchemaBuilder {
  /// A class or a bare name of a library.
  func named(_ type: PythonValue, _ name: String) -> CoreSchema {
    if let plain = plain(name) { return plain }
    if let collection = collection(name, []) { return collection }
    guard let object = type.settled.classValue else { return library(name) }
    return classSchema(object, type, arguments: [])
  }

  func parametrized(
    _ type: PythonValue, origin: PythonValue, name: String, arguments: [PythonValue]
  ) -> CoreSchema {
    if let collection = collection(name, arguments) { return collection }
    if let object = origin.settled.classValue { return classSchema(object, type, arguments: arguments) }
    return library(name)
  }

  private func plain(_ name: String) -> CoreSchema? {
    switch name {
    case "str", "typing.LiteralString": CoreSchema(.string)
    case "int": CoreSchema(.integer)
    case "float": CoreSchema(.float)
    case "bool": CoreSchema(.boolean)
    case "bytes": CoreSchema(.bytes)
    case "complex": CoreSchema(.fixed(Self.text()))
    case "object", "typing.Any": CoreSchema(.any)
    case "datetime.date": CoreSchema(.temporal("date"))
    case "datetime.time": CoreSchema(.temporal("time"))
    case "datetime.datetime": CoreSchema(.temporal("date-time"))
    case "datetime.timedelta": CoreSchema(.temporal("duration"))
    case "decimal.Decimal": CoreSchema(.decimal)
    case "uuid.UUID": CoreSchema(.uuid)
    case "zoneinfo.ZoneInfo": CoreSchema(.fixed(Self.text("zoneinfo")))
    case "re.Pattern": CoreSchema(.fixed(Self.text("regex")))
    case "ipaddress.IPv4Address": CoreSchema(.fixed(Self.text("ipv4")))
    case "ipaddress.IPv6Address": CoreSchema(.fixed(Self.text("ipv6")))
    case "ipaddress.IPv4Network": CoreSchema(.fixed(Self.text("ipv4network")))
    case "ipaddress.IPv6Network": CoreSchema(.fixed(Self.text("ipv6network")))
    case "ipaddress.IPv4Interface": CoreSchema(.fixed(Self.text("ipv4interface")))
    case "ipaddress.IPv6Interface": CoreSchema(.fixed(Self.text("ipv6interface")))
    case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath",
      "os.PathLike":
      CoreSchema(.patched(CoreSchema(.string), [.init(key: "format", value: .string("path"))]))
    case "fastapi.datastructures.UploadFile", "starlette.datastructures.UploadFile", "fastapi.UploadFile":
      CoreSchema(.fixed(binary))
    case "collections.abc.Callable", "type": CoreSchema(.invalid(name))
    case "collections.abc.Hashable": CoreSchema(.any)
    default: nil
    }
  }

  /// How binary data is described since FastAPI 0.129.1; before, by a format.
  var binary: JSONValue {
    interpreter.options.fastAPIVersion >= FrameworkVersion(0, 129, 1)
      ? .object([
        .init(key: "type", value: .string("string")),
        .init(key: "contentMediaType", value: .string("application/octet-stream")),
      ]) : Self.text("binary")
  }

  static func text(_ format: String? = nil, _ more: [JSONValue.Member] = []) -> JSONValue {
    var members: [JSONValue.Member] = [.init(key: "type", value: .string("string"))]
    if let format { members.append(.init(key: "format", value: .string(format))) }
    return .object(members + more)
  }

  /// Containers, bare (`list`) and subscripted.
  private func collection(_ name: String, _ arguments: [PythonValue]) -> CoreSchema? {
    func item(_ index: Int) -> CoreSchema { index < arguments.count ? schema(arguments[index]) : CoreSchema(.any) }
    switch name {
    case "list", "collections.deque", "collections.abc.MutableSequence":
      return CoreSchema(.array(item(0), isSet: false))
    case "collections.abc.Sequence": return CoreSchema(.wrapped(CoreSchema(.array(item(0), isSet: false))))
    case "set", "frozenset", "collections.abc.Set", "collections.abc.MutableSet":
      return CoreSchema(.array(item(0), isSet: true))
    case "collections.abc.Iterable", "collections.abc.Iterator", "collections.abc.Generator",
      "collections.abc.Collection", "collections.abc.AsyncIterable", "collections.abc.AsyncIterator",
      "collections.abc.AsyncGenerator":
      return CoreSchema(.array(item(0), isSet: false))
    case "tuple": return tuple(arguments)
    case "dict": return CoreSchema(.dictionary(keys: item(0), values: item(1)))
    case "collections.OrderedDict", "collections.defaultdict", "collections.abc.Mapping",
      "collections.abc.MutableMapping", "types.MappingProxyType":
      return CoreSchema(.wrapped(CoreSchema(.dictionary(keys: item(0), values: item(1)))))
    case "collections.Counter":
      return CoreSchema(.dictionary(keys: item(0), values: CoreSchema(.integer)))
    case "collections.abc.Callable": return CoreSchema(.invalid(name))
    case "type": return arguments.isEmpty ? CoreSchema(.invalid(name)) : CoreSchema(.any)
    case "re.Pattern", "os.PathLike": return plain(name)
    case "typing.Final", "typing.ClassVar", "typing.Required", "typing.NotRequired", "typing.ReadOnly", "typing.Unpack":
      return item(0)
    default: return nil
    }
  }

  private func tuple(_ arguments: [PythonValue]) -> CoreSchema {
    if arguments.isEmpty { return CoreSchema(.tuple([CoreSchema(.any)], isVariadic: true)) }
    if arguments.count == 2, case .ellipsis = arguments[1] {
      return CoreSchema(.tuple([schema(arguments[0])], isVariadic: true))
    }
    if arguments.count == 1, case .tuple(let inner) = arguments[0], inner.isEmpty {
      return CoreSchema(.tuple([], isVariadic: false))
    }
    return CoreSchema(.tuple(arguments.map { schema($0) }, isVariadic: false))
  }

  /// A name of a library whose source is not there.
  private func library(_ name: String) -> CoreSchema {
    if name.hasPrefix("pydantic_extra_types."), let format = Self.extraTypes[TypeName.last(name)] {
      return CoreSchema(.fixed(Self.text(format)))
    }
    note("the schema of `\(name)` is not known")
    return CoreSchema(.any)
  }

  private static let extraTypes = [
    "Color": "color", "PhoneNumber": "phone", "ULID": "ulid", "MacAddress": "mac-address",
  ]

  // MARK: Types of Pydantic

  /// Types that Pydantic itself offers; nil for others.
  func pydanticType(_ type: PythonValue) -> CoreSchema? {
    let origin = type.genericValue?.origin ?? type
    guard let name = origin.typeName, name.hasPrefix("pydantic.") || name.hasPrefix("pydantic_core.") else {
      return nil
    }
    let arguments = type.genericValue?.arguments ?? []
    let last = TypeName.last(name)
    if let fixed = Self.texts[last] { return CoreSchema(.fixed(fixed)) }
    switch last {
    case "Json":
      return CoreSchema(.json(arguments.first.map { schema($0) } ?? CoreSchema(.any)))
    case "JsonValue":
      return define(DefinitionName(key: "pydantic.types.JsonValue", qualified: "pydantic.types.JsonValue"), type: type)
      {
        CoreSchema(.any)
      }
    case "ByteSize":
      let text = CoreSchema(.string)
      text.constraints = [.init(key: "pattern", value: .string("^\\s*(\\d*\\.?\\d+)\\s*(\\w+)?"))]
      let number = CoreSchema(.integer)
      number.constraints = [.init(key: "minimum", value: .number(0))]
      return CoreSchema(.chain(CoreSchema(.union([text, number])), CoreSchema(.integer)))
    case "Base64Bytes", "Base64UrlBytes", "EncodedBytes":
      let format = last == "Base64UrlBytes" ? "base64url" : "base64"
      return CoreSchema(.patched(CoreSchema(.bytes), [.init(key: "format", value: .string(format))]))
    case "FilePath": return path("file-path")
    case "DirectoryPath": return path("directory-path")
    case "NewPath": return path("path")
    case "SocketPath": return path("socket-path")
    case "PastDate", "FutureDate": return CoreSchema(.temporal("date"))
    case "AwareDatetime", "NaiveDatetime", "PastDatetime", "FutureDatetime": return CoreSchema(.temporal("date-time"))
    case "SkipValidation", "InstanceOf", "OnErrorOmit", "SerializeAsAny":
      return arguments.first.map { CoreSchema(.function(schema($0))) } ?? CoreSchema(.any)
    case "SkipJsonSchema":
      let inner = arguments.first.map { schema($0) } ?? CoreSchema(.any)
      inner.overrides.append(.omit(mode: nil))
      return inner
    case "Secret":
      let inner = arguments.first.map { schema($0) } ?? CoreSchema(.any)
      return CoreSchema(
        .patched(
          inner, [.init(key: "writeOnly", value: .bool(true)), .init(key: "format", value: .string("password"))]))
    case "ImportString": return CoreSchema(.any)
    default:
      if last.hasPrefix("UUID"), let version = Int(last.dropFirst(4)) {
        return CoreSchema(.fixed(Self.text("uuid\(version)")))
      }
      return nil
    }
  }

  private func path(_ format: String) -> CoreSchema {
    CoreSchema(.patched(CoreSchema(.string), [.init(key: "format", value: .string(format))]))
  }

  private static let texts: [String: JSONValue] = {
    func length(_ maximum: Int?) -> [JSONValue.Member] {
      [.init(key: "minLength", value: .number(1))]
        + (maximum.map { [.init(key: "maxLength", value: .number(Double($0)))] } ?? [])
    }
    var table: [String: JSONValue] = [
      "EmailStr": text("email"), "NameEmail": text("name-email"), "Color": text("color"),
      "IPvAnyAddress": text("ipvanyaddress"), "IPvAnyInterface": text("ipvanyinterface"),
      "IPvAnyNetwork": text("ipvanynetwork"), "Base64Str": text("base64"), "Base64UrlStr": text("base64url"),
      "EncodedStr": text("base64"),
    ]
    for name in ["SecretStr", "SecretBytes"] {
      table[name] = text("password", [.init(key: "writeOnly", value: .bool(true))])
    }
    for name in ["HttpUrl", "WebsocketUrl"] { table[name] = text("uri", length(2_083)) }
    for name in [
      "AnyUrl", "AnyHttpUrl", "AnyWebsocketUrl", "FileUrl", "FtpUrl", "Url", "CockroachDsn", "AmqpDsn", "RedisDsn",
      "KafkaDsn", "MySQLDsn", "MariaDBDsn", "ClickHouseDsn", "SnowflakeDsn",
    ] {
      table[name] = text("uri", length(nil))
    }
    for name in ["PostgresDsn", "MongoDsn", "NatsDsn", "MultiHostUrl"] {
      table[name] = text("multi-host-uri", length(nil))
    }
    return table
  }()
}
