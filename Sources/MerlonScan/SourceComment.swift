package import MerlonBase

/// A comment of a scanned file, with what is needed to know which code it speaks of.
package struct SourceComment: Sendable, Hashable {
  /// The text from `#` to the end of the line.
  package var text: String
  package var location: SourceLocation
  /// Whether nothing but white space stands before it in its line.
  package var standsAlone: Bool
  /// Lines of the statement that it belongs to: the one at whose end or inside which it stands, else the next one; nil
  /// behind the last statement. Of a compound statement only the header counts (`if …:`, `def …:`).
  package var statement: ClosedRange<Int>?

  package init(text: String, location: SourceLocation, standsAlone: Bool, statement: ClosedRange<Int>?) {
    self.text = text
    self.location = location
    self.standsAlone = standsAlone
    self.statement = statement
  }

  /// The lines of the statement that a comment in line `line` belongs to.
  ///
  /// - Parameter logicalLines: First and last line of each logical line of the file, ordered.
  package static func statement(
    ofCommentInLine line: Int, among logicalLines: [ClosedRange<Int>]
  ) -> ClosedRange<Int>? {
    var low = 0
    var high = logicalLines.count
    while low < high {
      let middle = (low + high) / 2
      if logicalLines[middle].upperBound < line { low = middle + 1 } else { high = middle }
    }
    return low < logicalLines.count ? logicalLines[low] : nil
  }

  /// Lines in which a finding is meant before the rest of the statement is: the comment's own, or the next one when it
  /// stands alone.
  var nearestLine: Int { standsAlone ? location.start.line + 1 : location.start.line }
}
