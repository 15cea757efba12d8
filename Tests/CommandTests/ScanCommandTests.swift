import Testing

@Suite struct ScanCommandTests {
  // MARK: Exit codes

  @Test func findingsEndWith1AndStandOnStandardOutput() {
    let outcome = TestFolder(unsafeProject).merlon("scan")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("MRL101"))
    #expect(outcome.talk == "")
  }

  @Test(arguments: [
    (["--fail-on", "never"], 0), (["--ignore", "MRL"], 0), (["--select", "MRL7"], 0),
    (["--fail-on", "critical", "--select", "MRL101"], 1), (["--exclude", "app.py"], 3), (["--require-app"], 1),
  ])
  func theVerdictFollowsWhatWasAsked(arguments: [String], status: Int) {
    let folder = TestFolder(unsafeProject)
    let line = "$MERLON scan " + arguments.joined(separator: " ")
    #expect(folder.shell(line).status == Int32(status), "\(line)")
  }

  @Test func aRunWithoutAnApplicationOrWithoutFilesIsNotToBeTrusted() {
    let empty = TestFolder().merlon("scan")
    #expect(empty.status == 3 && empty.talk.contains("nothing under `.` could be read"))
    let plain = TestFolder(["a.py": "x = 1\n"])
    #expect(plain.merlon("scan").status == 0)
    let required = plain.merlon("scan", "--require-app")
    #expect(required.status == 3 && required.talk.contains("no FastAPI application was found"))
  }

  @Test(arguments: [
    ("scan --fail-onn high", "Did you mean '--fail-on'?"),
    ("scan --fail-on hihg", "`hihg` is no value of `--fail-on`; did you mean `high`?"),
    ("scan --format xml", "`xml` is no value of `--format`; expected `text`, `json`, `sarif`, `markdown`, `github`"),
    ("scan --select MRL999", "unknown rule `MRL999` (list: merlon rules)"),
    ("scan --select ''", "`--select` names no rule"), ("scan --select ,", "`--select` names no rule"),
    ("scan --fastapi-version new", "`new` (`--fastapi-version`) is not a version such as `0.115.0`"),
    ("scan --jobs 0", "`--jobs` must be from 1 to 1024, not 0"), ("scan --jobs many", "many"),
    ("scan --config nope.toml", "nope.toml"), ("scan --no-config --config x", "exclude each other"),
    ("scan --baseline nope.json", "the baseline `nope.json` can't be read"),
    ("scan --diff-base main", "`diff-base` needs a git repository"), ("scan nope", "nope: no such file or folder"),
    ("scan --python nope", "no such interpreter"), ("scna", "unknown verb `scna`; did you mean `scan`?"),
    ("explain sql-injektion-x", "unknown rule `sql-injektion-x`"), ("rules --format xml", "is no value of `--format`"),
  ])
  func wrongUsageEndsWith2AndSaysWhatIsMeant(arguments: String, message: String) {
    let outcome = TestFolder(unsafeProject).shell("$MERLON \(arguments)")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.talk.contains(message), "\(outcome.talk)")
  }

  @Test func aFaultOfTheConfigurationEndsWith2AndHasAPlace() {
    let folder = TestFolder(unsafeProject)
    folder.write("merlon.toml", "\nfail_on = 'high'\n")
    let outcome = folder.merlon("scan")
    #expect(outcome.status == 2)
    #expect(outcome.talk.contains("merlon.toml:2:1: unknown key `fail_on`; did you mean `fail-on`?"))
    #expect(folder.merlon("scan", "--no-config").status == 1)
  }

  @Test func theConfigurationHoldsUnlessAFlagSaysOtherwise() {
    let folder = TestFolder(unsafeProject)
    folder.write("pyproject.toml", "[tool.merlon]\nfail-on = 'never'\n")
    #expect(folder.merlon("scan").status == 0)
    #expect(folder.merlon("scan", "--fail-on", "high").status == 1)
  }

  @Test func whatCannotBeReadIsALimitAndNotAnError() {
    let folder = TestFolder(unsafeProject)
    folder.write("broken.py", "def f(:\n")
    _ = folder.shell("ln -s nowhere gone.py; mkfifo pipe.py")
    let outcome = folder.merlon("scan", "--fail-on", "never", "--verbose")
    #expect(outcome.status == 0)
    for word in ["unreadable-file", "gone.py", "pipe.py", "unparsed-statement", "broken.py"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
  }

  // MARK: Output

  @Test(arguments: ["json", "sarif", "markdown", "github", "text"])
  func theReportGoesToAFile(format: String) throws {
    let folder = TestFolder(unsafeProject)
    let outcome = folder.merlon("scan", "--format", format, "--output", "report")
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(try #require(folder.read("report")).contains("MRL101"))
    if format == "json" || format == "sarif" {
      #expect(folder.shell("python3 -m json.tool report").status == 0)
    }
  }

  @Test func aReportThatCannotBeWrittenEndsWith3() {
    let folder = TestFolder(unsafeProject)
    #expect(folder.merlon("scan", "--output", "no/such/folder/report").status == 3)
    let full = folder.shell("$MERLON scan > /dev/full")
    #expect(full.status == 3 && full.talk.contains("standard output"))
  }

  @Test func aReaderThatGoesAwayIsNoFailure() {
    let outcome = TestFolder(unsafeProject).shell(
      "$MERLON scan --format json | true; echo ${PIPESTATUS[0]}")
    #expect(outcome.output == "1\n")
    #expect(outcome.talk == "")
  }

  @Test func coloursAreForTerminalsOrWhoAsks() {
    let folder = TestFolder(unsafeProject)
    let escape = "\u{1B}["
    #expect(!folder.merlon("scan").output.contains(escape))
    #expect(folder.merlon("scan", "--color", "always").output.contains(escape))
    let terminal = "script -qec \"$MERLON scan\" /dev/null"
    guard folder.shell("command -v script").status == 0 else { return }
    #expect(folder.shell(terminal).output.contains(escape + "1"))
    // Progress may move the cursor; colours are what NO_COLOR forbids.
    #expect(!folder.shell("export NO_COLOR=1; " + terminal).output.contains(escape + "1;"))
  }

  @Test func theSameTreeGivesTheSameReportWhateverTheThreads() {
    let folder = TestFolder(unsafeProject)
    for number in 0..<30 { folder.write("p\(number)/m.py", unsafeProject["app.py"] ?? "") }
    let line = "$MERLON scan --format sarif --jobs "
    let strip = " | grep -v -i time"
    #expect(folder.shell(line + "1" + strip).output == folder.shell(line + "7" + strip).output)
  }

  // MARK: Comparison

  @Test func whatABaselineHasDoesNotCount() {
    let folder = TestFolder(unsafeProject)
    #expect(folder.merlon("scan", "--write-baseline", "base.json").status == 1)
    #expect(folder.merlon("scan", "--baseline", "base.json").status == 0)
    _ = folder.shell("mv app.py renamed.py; sed -i '1i # moved' renamed.py")
    #expect(folder.merlon("scan", "--baseline", "base.json").status == 0)
    folder.write("more.py", "import jwt\ndef f(t):\n    return jwt.decode(t, options={'verify_signature': False})\n")
    #expect(folder.merlon("scan", "--baseline", "base.json").status == 1)
  }

  @Test func aDiffReportsOnlyWhatIsIntroduced() {
    let folder = TestFolder(unsafeProject)
    let git = "git -c user.name=T -c user.email=t@example.com "
    // A hook and a file system monitor of the repository must not run.
    let setUp = folder.shell(
      "git init -q -b main && git add . && \(git) commit -qm one"
        + " && git config core.fsmonitor 'touch '$PWD'/ran; false' && git config core.pager 'touch ran'")
    #expect(setUp.status == 0, "\(setUp.talk)")
    #expect(folder.merlon("scan", "--diff-base", "main").status == 0)
    folder.write("more.py", "import jwt\ndef f(t):\n    return jwt.decode(t, options={'verify_signature': False})\n")
    let outcome = folder.merlon("scan", "--diff-base", "main", "--format", "github")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("more.py") && !outcome.output.contains("file=app.py"))
    #expect(folder.read("ran") == nil)
    let unknown = folder.merlon("scan", "--diff-base", "nope")
    #expect(unknown.status == 2 && unknown.talk.contains("`nope` (`diff-base`) names no commit"))
  }

  @Test func beforeTheFirstCommitEverythingIsIntroduced() {
    let folder = TestFolder(unsafeProject)
    _ = folder.shell("git init -q")
    #expect(folder.merlon("scan", "--diff-base", "HEAD").status == 1)
  }

  @Test func ignoresOfTheConfigurationHoldUntilTheirDay() {
    let folder = TestFolder(unsafeProject)
    let entry = "fail-on = 'critical'\n[[ignore]]\nrule = 'MRL1'\npath = 'app.py'\nreason = 'known'\nuntil = "
    folder.write("merlon.toml", entry + "2999-01-01\n")
    let held = folder.merlon("scan", "--show-suppressed")
    #expect(held.status == 0 && held.talk.contains("is held back by the configuration until 2999-01-01: known"))
    folder.write("merlon.toml", entry + "2001-01-01\n")
    let expired = folder.merlon("scan")
    #expect(expired.status == 1 && expired.output.contains("expired-ignore"))
  }
}
