import Glibc
import MerlonPython

/// Python's arithmetic on numbers; nil for what is no number, overflows 64 bits or fails.
enum Arithmetic {
  static func number(_ value: PythonValue) -> Double? {
    if case .double(let number) = value { return number }
    return value.integer.map(Double.init)
  }

  static func binary(_ op: BinaryOperator, _ left: PythonValue, _ right: PythonValue) -> PythonValue? {
    if case .bool(let first) = left, case .bool(let second) = right {
      switch op {
      case .bitAnd: return .bool(first && second)
      case .bitOr: return .bool(first || second)
      case .bitXor: return .bool(first != second)
      default: break
      }
    }
    if case .double = left { return floating(op, left, right) }
    if case .double = right { return floating(op, left, right) }
    guard let first = left.integer, let second = right.integer else { return nil }
    return integral(op, first, second)
  }

  private static func integral(_ op: BinaryOperator, _ left: Int, _ right: Int) -> PythonValue? {
    switch op {
    case .add: return checked(left.addingReportingOverflow(right))
    case .sub: return checked(left.subtractingReportingOverflow(right))
    case .mult: return checked(left.multipliedReportingOverflow(by: right))
    case .div: return right == 0 ? nil : .double(Double(left) / Double(right))
    case .floorDiv:
      guard right != 0, !(left == .min && right == -1) else { return nil }
      let quotient = left / right
      return .integer(left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient)
    case .mod:
      guard right != 0, !(left == .min && right == -1) else { return nil }
      let rest = left % right
      return .integer(rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest)
    case .pow: return power(left, right)
    case .lShift:
      guard right >= 0, right < 62 else { return nil }
      return checked(left.multipliedReportingOverflow(by: 1 << right))
    case .rShift: return right >= 0 ? .integer(left >> min(right, 63)) : nil
    case .bitOr: return .integer(left | right)
    case .bitXor: return .integer(left ^ right)
    case .bitAnd: return .integer(left & right)
    case .matMult: return nil
    }
  }

  private static func checked(_ result: (partialValue: Int, overflow: Bool)) -> PythonValue? {
    result.overflow ? nil : .integer(result.partialValue)
  }

  private static func power(_ base: Int, _ exponent: Int) -> PythonValue? {
    guard exponent >= 0 else { return base == 0 ? nil : .double(pow(Double(base), Double(exponent))) }
    guard exponent <= 64 || (-1...1).contains(base) else { return nil }
    var result = 1
    for _ in 0..<min(exponent, 64 + exponent % 2) {
      let (product, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { return nil }
      result = product
    }
    return .integer(result)
  }

  private static func floating(_ op: BinaryOperator, _ left: PythonValue, _ right: PythonValue) -> PythonValue? {
    guard let first = number(left), let second = number(right) else { return nil }
    switch op {
    case .add: return .double(first + second)
    case .sub: return .double(first - second)
    case .mult: return .double(first * second)
    case .div: return second == 0 ? nil : .double(first / second)
    case .floorDiv: return second == 0 ? nil : .double((first / second).rounded(.down))
    case .mod:
      guard second != 0 else { return nil }
      let rest = fmod(first, second)
      return .double(rest != 0 && (rest < 0) != (second < 0) ? rest + second : rest)
    case .pow:
      let result = pow(first, second)
      return result.isNaN ? nil : .double(result)
    default: return nil
    }
  }
}
