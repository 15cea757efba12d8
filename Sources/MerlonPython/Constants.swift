extension Tree {
  /// The value of a string constant (concatenated and decoded, lone surrogates replaced); nil for other nodes.
  public func stringValue(_ id: NodeID) -> String? { nil }
  /// The value of a bytes constant; nil for other nodes.
  public func bytesValue(_ id: NodeID) -> [UInt8]? { nil }
  /// The value of an integer constant that fits 64 bits; nil for others.
  public func integerValue(_ id: NodeID) -> Int? { nil }
  /// The value of a float constant; nil for others.
  public func floatValue(_ id: NodeID) -> Double? { nil }
}

extension Tree {
  func stringScalars(_ id: NodeID) -> [UInt32]? { nil }
  func integerText(_ id: NodeID) -> String? { nil }
  func hasUnicodePrefix(_ id: NodeID) -> Bool { false }
}
