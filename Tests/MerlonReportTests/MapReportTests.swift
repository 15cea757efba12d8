import Foundation
import MerlonAPI
import MerlonBase
import MerlonReport
import Testing

@Suite("Maps")
struct MapReportTests {
  @Test(
    "Looks as it did when it was last read",
    arguments: [MapFormat.text, .tree, .json, .markdown, .html, .mermaid, .csv])
  func snapshots(format: MapFormat) throws {
    try expectSnapshot(MapSamples.text(format), "map.\(format.rawValue)")
  }

  @Test("A table breaks its cells and never cuts them, whatever the width", arguments: [40, 60, 80, 100, 140])
  func widths(width: Int) throws {
    let text = MapSamples.text(.text, MapSamples.report(), MapSamples.options(width: width))
    if width >= 80 {
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }
    if width == 80 { try expectSnapshot(text, "map-80.text") }
    // Nothing of a path is lost.
    let squeezed = text.filter { !$0.isWhitespace }
    #expect(!text.contains("…"))
    #expect(squeezed.contains("/orders/{order_id}") || width < 80)
  }

  @Test("Colours are an addition: without them the text is the same", arguments: [MapFormat.text, .tree])
  func colors(format: MapFormat) {
    let colored = MapSamples.text(format, MapSamples.report(), MapSamples.options(color: true, width: 100))
    #expect(colored.contains("\u{1B}["))
    let plain = colored.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == MapSamples.text(format, MapSamples.report(), MapSamples.options(width: 100)))
  }

  @Test("An operation that an earlier one answers is marked, and one below a mount stands apart")
  func marks() {
    let text = MapSamples.text(.text)
    #expect(text.contains("shadowed by an earlier route, deprecated") || text.contains("deprecated, shadowed"))
    #expect(text.contains("Below the mount /internal"))
    #expect(text.contains("object not tied to the caller"))
  }

  @Test("JSON can be read back and holds the fields of the oracle")
  func json() throws {
    let value = try JSONValue(parsing: Array(MapSamples.text(.json).utf8))
    let application = try #require(value["apps"]?.array?.first)
    #expect(application["module"]?.string == "shop.main" && application["name"]?.string == "app")
    let routes = try #require(application["routes"]?.array)
    let create = try #require(routes.first { $0["endpoint"]?["qualname"]?.string == "create_item" })
    #expect(create["kind"]?.string == "http" && create["methods"]?.array == [.string("POST")])
    #expect(create["endpoint"]?["line"]?.integer == 40)
    #expect(create["dependencies"]?.array?.map { $0["depth"]?.integer } == [1, 2, 1])
    #expect(create["security"]?.array?.first?["scheme_name"]?.string == "OAuth2PasswordBearer")
    #expect(create["access"]?["level"]?.string == "authorized")
    #expect(create["status_code"] == .null && create["response_model"] == .null)
    let list = try #require(routes.first { $0["endpoint"]?["qualname"]?.string == "list_items" })
    let limit = try #require(list["params"]?["query"]?.array?.first)
    #expect(limit["alias"]?.string == "limit" && limit["required"]?.bool == false)
    #expect(limit["constraints"]?["le"]?.integer == 100 && limit["default"]?.integer == 20)
  }

  @Test("CSV is read back by the rules of RFC 4180, an operation a row")
  func csv() {
    let records = parseCSV(MapSamples.text(.csv))
    #expect(records.allSatisfy { $0.count == records[0].count })
    #expect(records.count == 14)
    let row = records.first { $0[1] == "PUT" }
    #expect(row?[2] == "/orders/{order_id}" && row?[4] == "owner" && row?[8] == "yes")
    #expect(records.first { $0[1] == "POST" && $0[2] == "/items" }?[7] == "editor; admin")
  }

  @Test("A spreadsheet takes no field for a formula")
  func formulas() {
    for record in parseCSV(MapSamples.text(.csv, MapSamples.hostile())) {
      for field in record { #expect(!"=+-@\t\r".contains(field.first ?? "x"), "\(field)") }
    }
  }

  @Test("The matrix says who may call: anyone, the signed in, roles, the owner")
  func matrix() throws {
    let html = MapSamples.text(.html)
    func cells(_ handler: String) -> [String] {
      guard
        let row = html.split(separator: "<tr ").first(where: { $0.contains("</code></a></th>") && $0.contains(handler) }
        )
      else { return [] }
      return row.matches(of: /class="who (\w+)"/).map { String($0.output.1) }
    }
    // Anonymous, signed in, admin, editor, owner.
    #expect(cells("/<wbr>health<") == ["yes", "yes", "yes", "yes", "yes"])
    #expect(cells(">DELETE<") == ["open", "yes", "yes", "yes", "yes"])
    #expect(cells("/<wbr>admin/<wbr>users") == ["no", "no", "yes", "no", "no"])
    #expect(cells(">PUT<") == ["no", "no", "no", "no", "yes"])
    #expect(cells("/<wbr>reports") == ["unsure", "unsure", "unsure", "unsure", "unsure"])
  }

  @Test("The page holds no script and nothing from elsewhere, and its policy forbids both")
  func page() {
    for html in [MapSamples.text(.html), MapSamples.text(.html, MapSamples.hostile())] {
      let style = html.firstMatch(of: /<style>([^<]*)<\/style>/)?.output.1 ?? ""
      let hash = Data(SHA256.digest(style.utf8)).base64EncodedString()
      #expect(html.contains("default-src 'none'; style-src 'sha256-\(hash)'"))
      for part in ["<script", "<img", "<iframe", "<link", "url(", "@import"] {
        #expect(!html.contains(part), "\(part)")
      }
      #expect(html.firstMatch(of: /<[a-z][^>]*\s(src|style|on[a-z]+)=/) == nil)
      let addresses = html.matches(of: /href="([^"]*)"/).map { $0.output.1 }
      #expect(addresses.allSatisfy { $0.hasPrefix("#") })
    }
  }

  @Test("Every element of the page is closed, and every link leads somewhere in it", arguments: [false, true])
  func structure(isHostile: Bool) {
    let html = MapSamples.text(.html, isHostile ? MapSamples.hostile() : MapSamples.report())
    let body = html.replacing(/<style>[^<]*<\/style>/, with: "")
    var open: [Substring] = []
    for tag in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = tag.output.2
      if ["meta", "wbr", "br"].contains(name) { continue }
      if tag.output.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
    }
    #expect(open.isEmpty)
    let ids = html.matches(of: /\sid="([^"]*)"/).map { $0.output.1 }
    #expect(Set(ids).count == ids.count)
    for link in html.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(link.output.1), "\(link.output.1)") }
  }

  @Test(
    "No format lets a control character or a bidirectional control through",
    arguments: MapFormat.allCases)
  func controls(format: MapFormat) {
    let bad = MapSamples.text(format, MapSamples.hostile()).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0x0D: format != .csv
      case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    #expect(bad.isEmpty)
  }

  @Test(
    "Hostile names look as they did when they were last read", arguments: [MapFormat.tree, .markdown, .mermaid, .csv])
  func hostile(format: MapFormat) throws {
    try expectSnapshot(MapSamples.text(format, MapSamples.hostile()), "map-hostile.\(format.rawValue)")
  }

  @Test("A chart of many operations is drawn by module and kind of access")
  func largeChart() {
    var application = Application(module: "big", name: "app")
    application.routes = (0..<400).map { number in
      MapSamples.route(
        "GET", "/r/\(number)", number.isMultiple(of: 3) ? .anonymous : .authenticated, "r\(number)", line: number + 2,
        file: "big/m\(number / 40).py")
    }
    let chart = MapSamples.text(.mermaid, MapSamples.report(APIModel(applications: [application]), limits: []))
    #expect(chart.split(separator: "\n").count < 50)
    #expect(chart.contains("14 operations: open"))
  }

  @Test("Differences are told as text, Markdown and JSON", arguments: DifferenceReport.formats)
  func differences(format: MapFormat) throws {
    let report = Self.changed()
    let text = String(decoding: render(report, format: format, options: MapSamples.options()), as: UTF8.self)
    try expectSnapshot(text, "map-difference.\(format.rawValue)")
    if format == .json {
      let value = try JSONValue(parsing: Array(text.utf8))
      #expect(value["differences"]?.array?.first?["kind"]?.string == "access-lowered")
    }
  }

  private static func changed() -> DifferenceReport {
    let old = MapSamples.model()
    var new = old
    new.applications[0].routes = old.applications[0].routes.compactMap { route in
      switch route.endpoint?.qualifiedName {
      case "create_item":
        return MapSamples.route("POST", "/items", .anonymous, "create_item", line: 40)
      case "users":
        var route = MapSamples.route(
          "GET", "/admin/users", .authenticated, "users", line: 12, file: "shop/routers/admin.py")
        route.isInSchema = false
        return route
      case "list_items":
        var route = route
        route.response.fields.append(ResponseField(path: "[].password_hash", type: "str", owner: "ItemOut"))
        return route
      case "change_order": return nil
      default: return route
      }
    }
    new.applications[0].routes.append(MapSamples.route("POST", "/import", .anonymous, "load", line: 7))
    return DifferenceReport(
      toolVersion: "0.1.0", startTime: "2026-11-24T11:00:00Z", root: "backend", isComplete: true,
      subject: .change(since: "main"), differences: APIDifference.all(of: ExposureChange.all(from: old, to: new)),
      before: 14, after: 14, limits: [])
  }

  /// A strict reader of RFC 4180.
  private func parseCSV(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if isQuoted {
        if character == "\"" {
          if rest.first == "\"" { field.append(rest.removeFirst()) } else { isQuoted = false }
        } else {
          field.append(character)
        }
      } else if character == "\"" {
        isQuoted = true
      } else if character == "," {
        record.append(field)
        field = ""
      } else if character == "\r\n" {
        records.append(record + [field])
        record = []
        field = ""
      } else {
        field.append(character)
      }
    }
    return records
  }
}
