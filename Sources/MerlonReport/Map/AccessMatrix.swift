import MerlonAPI
import MerlonBase

/// Which kind of caller may call an operation: the columns of the matrix.
enum AccessMatrix {
  enum Cell {
    case allowed, refused, unsure
    /// Anyone may, and nobody has said that this is meant.
    case unintended

    var symbol: String {
      switch self {
      case .allowed: "✓"
      case .unintended: "!"
      case .refused: "·"
      case .unsure: "?"
      }
    }

    var word: String {
      switch self {
      case .allowed: "yes"
      case .unintended: "yes, open"
      case .refused: "no"
      case .unsure: "unsure"
      }
    }

    /// Class of the style sheet.
    var name: String {
      switch self {
      case .allowed: "yes"
      case .unintended: "open"
      case .refused: "no"
      case .unsure: "unsure"
      }
    }

    var legend: String {
      switch self {
      case .allowed: "may call it"
      case .unintended: "may call it without any credential"
      case .refused: "is turned away"
      case .unsure: "a guard stands there and could not be judged"
      }
    }
  }

  struct Roles {
    /// By the number of operations that ask for each, the most frequent first.
    var shown: [String]
    var hasMore: Bool
  }

  /// More columns than this no page can hold.
  private static let rolesShown = 12

  static func roles(of rows: [MapRow]) -> Roles {
    var counts: [String: Int] = [:]
    for row in rows {
      for role in Set(row.route.roleNames) { counts[role, default: 0] += 1 }
    }
    let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let unnamed = rows.contains { $0.route.access.level == .authorized && $0.route.requiredRoles.isEmpty }
    return Roles(
      shown: Array(names.prefix(rolesShown)).sorted(), hasMore: names.count > rolesShown || unnamed)
  }

  /// Anonymous, signed in, one for each role, other roles where there are such, owner.
  static func cells(of route: Route, roles: Roles) -> [Cell] {
    let columns = roles.shown.count + (roles.hasMore ? 1 : 0)
    switch route.access.level {
    case .anonymous:
      let anyone: Cell = route.access.isPublicOnPurpose ? .allowed : .unintended
      return [anyone] + Array(repeating: .allowed, count: columns + 2)
    case .unknown: return Array(repeating: .unsure, count: columns + 3)
    case .authenticated: return [.refused] + Array(repeating: .allowed, count: columns + 2)
    case .authorized, .owner:
      let isOwner = route.access.level == .owner
      let required = Set(route.roleNames)
      var cells: [Cell] = [.refused, .refused]
      cells += roles.shown.map { required.contains($0) ? .allowed : .refused }
      if roles.hasMore {
        let named = required.isSubset(of: roles.shown) && (!required.isEmpty || isOwner)
        cells.append(named ? .refused : .allowed)
      }
      return cells + [isOwner ? .allowed : .refused]
    }
  }
}

/// Text of an HTML page in which foreign text can't become markup.
struct HTMLText {
  private(set) var text = ""

  /// Markup of the page itself; never with foreign text in it.
  mutating func raw(_ markup: String) { text += markup }

  mutating func element(_ name: String, _ content: String, class className: String? = nil) {
    text += className.map { "<\(name) class=\"\($0)\">" } ?? "<\(name)>"
    escaped(content)
    text += "</\(name)>"
  }

  /// A path that a narrow screen may break behind each `/`.
  mutating func path(_ path: String) {
    text += "<code class=\"path\">"
    var isFirst = true
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if !isFirst { text += "/<wbr>" }
      escaped(String(part))
      isFirst = false
    }
    text += "</code>"
  }

  mutating func escaped(_ content: String) {
    text += HTMLText.escape(content)
  }

  static func escape(_ content: String) -> String {
    var safe = ""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default:
        if let picture = DisplayText.replacement(for: scalar) {
          // Some pictures are written in angle brackets.
          safe += picture.unicodeScalars.map { $0 == "<" ? "&lt;" : $0 == ">" ? "&gt;" : String($0) }.joined()
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe
  }
}
