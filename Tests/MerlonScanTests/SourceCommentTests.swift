import MerlonBase
import MerlonPython
import MerlonScan
import Testing

@Suite("Comments of files")
struct SourceCommentTests {
  @Test("Each comment of a Python file knows its statement and whether it stands alone")
  func python() {
    let text = """
      import os  # merlon: ignore[A] -- one line

      # merlon: ignore[B] -- the next statement

      # another
      call(
          a,  # merlon: ignore[C] -- inside
          # merlon: ignore[D] -- inside, alone
          b,
      )
      # merlon: ignore[E] -- before a decorator
      @app.get("/")
      def read(
          a,
      ):  # merlon: ignore[F] -- the end of a header
          # merlon: ignore[G] -- before the first statement of a body
          return 1
      text = "# merlon: ignore[X] -- a string"
      if a: pass  # merlon: ignore[H] -- one line
      try:
          pass
      except (
          ValueError
      ):  # merlon: ignore[I] -- a handler
          pass
      # merlon: ignore[J] -- nothing follows
      """
    let comments = SourceComment.directives(in: PythonParser.parse(Array(text.utf8)), path: "a.py")
    let found = comments.map { comment in
      let name = comment.text.split(separator: "[").last.map { String($0.prefix(1)) } ?? ""
      let lines = comment.statement.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "none"
      return "\(name) \(comment.location.start.line) \(comment.standsAlone ? "alone" : "behind") \(lines)"
    }
    #expect(
      found == [
        "A 1 behind 1-1", "B 3 alone 6-10", "C 7 behind 6-10", "D 8 alone 6-10", "E 11 alone 12-15",
        "F 15 behind 12-15", "G 16 alone 17-17", "H 19 behind 19-19", "I 24 behind 22-24", "J 26 alone none",
      ])
  }

  @Test("Other files have statements of one line, or of several that backslashes join")
  func lines() {
    let text = """
      FROM python:3.13 # merlon: ignore[A] -- behind

      # merlon: ignore[B] -- before a long line
      # another

      RUN a && \\
          b
      image#merlon: not a comment
      # merlon: ignore[C] -- nothing follows
      """
    let comments = SourceComment.directives(inLinesOf: Array(text.utf8), path: "Dockerfile")
    #expect(comments.map(\.location.start.line) == [1, 3, 9])
    #expect(comments.map(\.standsAlone) == [false, true, true])
    #expect(comments.map(\.statement) == [1...1, 6...7, nil])
    #expect(comments.first?.location.start.column == 17)
  }
}
