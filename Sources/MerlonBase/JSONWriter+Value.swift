extension JSONWriter {
  /// A whole value. What lies deeper than the reader would take is written as `null`.
  public mutating func value(_ value: JSONValue) { write(value, depth: 0) }

  private mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: null()
    case .bool(let flag): self.value(flag)
    case .string(let text): self.value(text)
    case .number(let number):
      if let whole = value.integer { self.value(whole) } else { self.value(number) }
    case .array where depth >= JSONReader.maximumDepth, .object where depth >= JSONReader.maximumDepth: null()
    case .array(let elements):
      beginArray()
      for element in elements { write(element, depth: depth + 1) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        write(member.value, depth: depth + 1)
      }
      endObject()
    }
  }
}
