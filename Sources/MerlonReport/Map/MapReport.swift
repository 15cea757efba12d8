package import MerlonAPI
package import MerlonBase

/// All that a map has to say: what every encoder of maps takes.
package struct MapReport: Sendable {
  package var toolVersion: String
  /// When the run began, RFC 3339 in UTC; empty when it is not to be told.
  package var startTime: String
  /// The path as the user wrote it.
  package var root: String
  /// False when the run is not to be trusted (exit code 3).
  package var isComplete: Bool
  /// As far as it is to be shown.
  package var model: APIModel
  /// Those of the run and of the model.
  package var limits: [Limit]
  package var statistics: MapStatistics
  /// What selected the operations (`--unprotected`, `--method GET`); empty when all are shown.
  package var selection: [String]
  package var fastAPI: FrameworkFact?
  package var pydantic: FrameworkFact?

  package init(
    toolVersion: String, startTime: String, root: String, isComplete: Bool, model: APIModel, limits: [Limit],
    statistics: MapStatistics, selection: [String] = [], fastAPI: FrameworkFact? = nil, pydantic: FrameworkFact? = nil
  ) {
    self.toolVersion = toolVersion
    self.startTime = startTime
    self.root = root
    self.isComplete = isComplete
    self.model = model
    self.limits = limits
    self.statistics = statistics
    self.selection = selection
    self.fastAPI = fastAPI
    self.pydantic = pydantic
  }
}

/// A version of the framework and what says so.
package struct FrameworkFact: Sendable, Hashable {
  package var version: String
  package var source: String

  package init(version: String, source: String) {
    self.version = version
    self.source = source
  }
}

/// How much was read, how long it took, and what the map leaves out.
package struct MapStatistics: Sendable, Hashable {
  package var files: Int
  package var lines: Int
  /// Wall time of the run.
  package var seconds: Double
  /// Routes that the selection leaves out.
  package var hidden: Int

  package init(files: Int, lines: Int, seconds: Double, hidden: Int) {
    self.files = files
    self.lines = lines
    self.seconds = seconds
    self.hidden = hidden
  }
}

/// The forms in which a map can be had.
package enum MapFormat: String, Sendable, CaseIterable {
  /// A table for people at a terminal.
  case text
  /// The guard chain of every operation as a tree.
  case tree
  /// For programs: `docs/map.md` describes it.
  case json
  /// The OpenAPI document of one application.
  case openapi
  /// For a wiki or a comment.
  case markdown
  /// One page with an access matrix, to be read or printed.
  case html
  /// A flowchart for Mermaid.
  case mermaid
  /// One operation a row (RFC 4180).
  case csv
}

/// What the encoders of maps ask of their caller. Options that a format has no use for are ignored by it.
package struct MapRenderOptions: Sendable {
  /// Put in front of each path, so that it leads from where the reader stands to the file; empty or ending with `/`.
  /// JSON keeps the paths of the root.
  package var pathPrefix: String
  /// ANSI colours (text and tree only).
  package var usesColor: Bool
  /// Columns of the terminal (text and tree only), what is less than 40 counts as 40; nil where nothing needs to fit,
  /// so that other programs find every operation on one line.
  package var width: Int?
  /// Every limit instead of the first of each kind.
  package var isVerbose: Bool

  package init(pathPrefix: String, usesColor: Bool, width: Int?, isVerbose: Bool) {
    self.pathPrefix = pathPrefix
    self.usesColor = usesColor
    self.width = width
    self.isVerbose = isVerbose
  }
}

/// The map as the bytes of a file or of standard output, with a line break at the end. The same report and options give
/// the same bytes.
package func render(_ report: MapReport, format: MapFormat, options: MapRenderOptions) -> [UInt8] {
  switch format {
  case .text: return MapTextReport(report: report, options: options).bytes()
  case .tree: return MapTreeReport(report: report, options: options).bytes()
  case .json: return MapJSONReport(report: report).bytes()
  case .openapi: return MapOpenAPIReport(report: report).bytes()
  case .markdown: return MapMarkdownReport(report: report, options: options).bytes()
  case .html: return MapHTMLReport(report: report, options: options).bytes()
  case .mermaid: return MapMermaidReport(report: report).bytes()
  case .csv: return MapCSVReport(report: report, options: options).bytes()
  }
}
