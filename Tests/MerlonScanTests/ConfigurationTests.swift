import MerlonBase
import MerlonScan
import Testing

@Suite struct ConfigurationTests {
  private static let weaknesses = [
    (id: "MRL101", name: "jwt-signature-not-verified"), (id: "MRL301", name: "sql-injection"),
  ]

  @Test func everySettingCanBeGiven() throws {
    let (configuration, problems) = try #require(
      read(
        """
        fail-on = "never"
        min-confidence = "low"
        select = ["MRL1", "sql-injection"]
        include = ["test", "script"]
        exclude = ["gen/"]
        models = ["security/models"]
        baseline = "b.json"
        write-baseline = "out/b.json"
        diff-base = "origin/main"
        format = "sarif"
        output = "report.sarif"
        require-app = true
        python = ".venv/bin/python"
        fastapi-version = "0.110.0"
        headers-at-proxy = true
        honour-nosec = true
        require-ignore-owner = true
        require-ignore-until = true
        max-file-size = 1_000
        jobs = 2
        cache = false
        color = "never"
        quiet = true
        verbose = false
        statistics = true
        show-suppressed = true
        ignore = ["MRL301"]
        """))
    #expect(problems == [])
    for setting in Setting.all { #expect(isGiven(setting, in: configuration), "\(setting.name)") }
    #expect(configuration.select == ["MRL1", "sql-injection"])
    #expect(configuration.maxFileSize == 1_000)
    #expect(configuration.verbose == false)
  }

  @Test(arguments: [
    ("fail_on = 'high'", "1:1: unknown key `fail_on`; did you mean `fail-on`?"),
    ("\n  formt = 'json'", "2:3: unknown key `formt`; did you mean `format`?"),
    ("fail-on = 'hihg'", "1:11: `hihg` is no value of `fail-on`; did you mean `high`?"),
    ("fail-on = 3", "1:11: `fail-on` must be a string, not an integer"),
    ("jobs = 0", "1:8: `jobs` must be from 1 to 1024, not 0"),
    ("jobs = '2'", "1:8: `jobs` must be an integer, not a string"),
    ("quiet = 'yes'", "1:9: `quiet` must be `true` or `false`, not a string"),
    ("select = []", "1:10: `select` names no rule; leave it out to look for all (list: merlon rules)"),
    ("fastapi-version = 'new'", "1:19: `new` (`fastapi-version`) is not a version such as `0.115.0`"),
    ("select = ['MRL999']", "1:11: unknown rule `MRL999` (list: merlon rules)"),
    (
      "select = ['MRL1',\n 'sql-injektion']",
      "2:2: unknown rule `sql-injektion`; did you mean `sql-injection`? (list: merlon rules)"
    ),
    (
      "ignore = ['jwt-sig']",
      "1:11: unknown rule `jwt-sig`; did you mean `jwt-signature-not-verified`? (list: merlon rules)"
    ),
    ("include = ['tests']", "1:12: `tests` is no value of `include`; did you mean `test`?"),
    ("exclude = ['a', 1]", "1:17: `exclude` must be an array of strings, not an integer"),
    (
      "output = '/etc/passwd'",
      "1:10: `output` must be a relative path below this file's folder; give `--output` for another"
    ),
    (
      "write-baseline = 'a/../../b'",
      "1:18: `write-baseline` must be a relative path below this file's folder; give `--write-baseline` for another"
    ),
    (
      "[policy]\npublic-operation = []", "2:1: unknown key `policy.public-operation`; did you mean `public-operations`?"
    ),
    ("[policy]\nowner-fields = 'id'", "2:16: `policy.owner-fields` must be an array of strings, not a string"),
    ("policy = 1", "1:10: `policy` must be a table, not an integer"),
    ("[map]\nformat = 'sarif'", "2:10: `sarif` is no value of `map.format`; expected"),
    ("[map]\nunprotect = true", "2:1: unknown key `map.unprotect`; did you mean `unprotected`?"),
    (
      "[map]\nopenapi = 'https://a.example/o.json'",
      "2:11: `map.openapi` must be a file; give `--openapi` for an address"
    ),
    ("[map]\noutput = '/tmp/x'", "2:10: `map.output` must be a relative path below this file's folder"),
    ("[[ignore]]\nrule = 'MRL1'\nreason = 'x'", "1:1: this ignore needs a `path`"),
    ("[[ignore]]\nrule = 'MRL1'\npath = 'x'", "1:1: this ignore needs a `reason`"),
    ("[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreason = ' '", "1:1: this ignore needs a `reason`"),
    ("[[ignore]]\nrule = 'MRL9'\npath = 'x'\nreason = 'y'", "2:8: unknown rule `MRL9` (list: merlon rules)"),
    (
      "[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreason = 'y'\nuntil = 'soon'",
      "5:9: `ignore.until` must be a day such as `2027-01-31`"
    ),
    (
      "[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreason = 'y'\nuntil = '2027-02-30'",
      "5:9: `ignore.until` must be a day such as `2027-01-31`"
    ),
    ("[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreson = 'y'", "4:1: unknown key `ignore.reson`; did you mean `reason`?"),
    ("[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreason = 'y'\n[x]", "5:2: unknown key `x`; known keys: "),
    ("a = ", "1:5: expected a value, found the end of the file"),
  ])
  func faultsAreNamedWithPlaceAndAdvice(text: String, message: String) throws {
    let problems = try #require(read(text)).problems
    #expect(problems.first?.description.hasPrefix("merlon.toml:" + message) == true, "\(problems.map(\.description))")
  }

  @Test func allFaultsAreToldAtOnce() throws {
    #expect(try #require(read("formt = 1\njobs = 0\nquiet = 1\n")).problems.count == 3)
  }

  @Test func ignoresCarryReasonOwnerAndDay() throws {
    let outcome = try #require(
      read(
        """
        ignore = ["MRL3", { rule = ["MRL101"], path = "legacy/", reason = "old", owner = "api", until = 2027-01-31 }]
        require-ignore-owner = true
        require-ignore-until = true
        """))
    #expect(outcome.problems == [])
    #expect(outcome.configuration.ignore == ["MRL3"])
    let ignore = try #require(outcome.configuration.pathIgnores.first)
    #expect(ignore.rules == ["MRL101"] && ignore.paths == ["legacy/"] && ignore.reason == "old")
    #expect(ignore.owner == "api" && ignore.until == "2027-01-31")
  }

  @Test func whatIgnoresMustSayCanBeDemanded() throws {
    let text = "require-ignore-owner = true\n[[ignore]]\nrule = 'MRL1'\npath = 'x'\nreason = 'y'\n"
    #expect(
      try #require(read(text)).problems.map(\.description) == [
        "merlon.toml:2:1: this ignore needs an `owner` (`require-ignore-owner`)"
      ])
  }

  @Test func everySettingOfTheMapCanBeGiven() throws {
    let (configuration, problems) = try #require(
      read(
        """
        format = "sarif"
        [map]
        format = "html"
        output = "map.html"
        app = "shop.main:app"
        unprotected = true
        method = ["GET"]
        tag = ["items"]
        role = ["admin"]
        path = ["/a/*"]
        openapi = "openapi.json"
        """))
    #expect(problems == [])
    for setting in Setting.map { #expect(isGiven(setting, in: configuration), "\(setting.name)") }
    #expect(configuration.format == "sarif" && configuration.map.format == "html")
    #expect(Configuration().filled(from: configuration).map == configuration.map)
  }

  @Test func policyIsRead() throws {
    let policy = try #require(
      read("[policy]\npublic-operations = ['POST /login']\nowner-fields = ['owner_id']\nrequired-dependency = 'a.b'\n")
    ).configuration.policy
    #expect(policy.publicOperations == ["POST /login"] && policy.ownerFields == ["owner_id"])
    #expect(policy.requiredDependency == "a.b")
  }

  @Test func pyprojectIsReadBelowItsTable() throws {
    #expect(read("[tool.other]\nx = 1\n", path: "pyproject.toml") == nil)
    let (configuration, problems) = try #require(
      read(
        "[project]\nname = 'x'\n[tool.merlon]\nfail-on = 'low'\n[[tool.merlon.ignore]]\nrule='MRL1'\npath='x'\nreason='y'\n",
        path: "pyproject.toml"))
    #expect(problems == [] && configuration.failOn == "low" && configuration.pathIgnores.count == 1)
  }

  @Test func theNearestFileHoldsUpToTheTopOfTheRepository() throws {
    let folder = TemporaryFolder()
    folder.write("merlon.toml", "fail-on = 'low'\n")
    folder.write("repository/.git/HEAD")
    folder.write("repository/a/b/app.py")
    #expect(find(folder, "repository/a/b") == nil)
    folder.write("repository/pyproject.toml", "[tool.merlon]\nfail-on = 'medium'\n")
    folder.write("repository/a/pyproject.toml", "[project]\n")
    #expect(find(folder, "repository/a/b/app.py")?.configuration.failOn == "medium")
    folder.write("repository/a/merlon.toml", "fail-on = 'never'\nbaseline = 'b.json'\n")
    let found = try #require(find(folder, "repository/a/b"))
    #expect(found.configuration.failOn == "never")
    #expect(found.configuration.baseline == folder.path + "/repository/a/b.json")
  }

  @Test func anOutputThatALinkLeadsOutIsRefused() throws {
    let folder = TemporaryFolder()
    let outside = TemporaryFolder()
    folder.link("out", to: outside.path)
    folder.write("merlon.toml", "output = 'out/report.txt'\n")
    let found = try #require(find(folder, "."))
    #expect(found.configuration.output == nil)
    #expect(found.problems.map(\.message) == ["`output` leads out of this file's folder through a link"])
  }

  @Test func theMoreExactSelectionWins() {
    let selection = RuleSelection(select: ["MRL301", "MRL1"], ignore: ["MRL3", "jwt-none-algorithm"])
    #expect(selection.includes(id: "MRL301", name: "sql-injection"))
    #expect(selection.includes(id: "MRL101", name: "jwt-signature-not-verified"))
    #expect(!selection.includes(id: "MRL103", name: "jwt-none-algorithm"))
    #expect(!selection.includes(id: "MRL302", name: "template-injection"))
    #expect(RuleSelection(select: nil, ignore: []).includes(id: "MRL302", name: "template-injection"))
    #expect(!RuleSelection(select: [], ignore: []).includes(id: "MRL302", name: "template-injection"))
  }

  @Test func whatTheCommandLineSaysWins() {
    var flags = Configuration()
    flags.failOn = "low"
    flags.quiet = true
    var file = Configuration()
    file.failOn = "never"
    file.jobs = 3
    let filled = flags.filled(from: file)
    #expect(filled.failOn == "low" && filled.jobs == 3 && filled.quiet == true)
  }

  private func read(
    _ text: String, path: String = "merlon.toml"
  ) -> (configuration: Configuration, problems: [Problem])? {
    ConfigurationReader.read(Array(text.utf8), path: path, weaknesses: Self.weaknesses)
  }

  private func find(_ folder: TemporaryFolder, _ path: String) -> FoundConfiguration? {
    ConfigurationSearch.find(from: folder.raw.appending(path), weaknesses: Self.weaknesses, files: DiskFileSystem())
  }

  private func isGiven(_ setting: Setting, in configuration: Configuration) -> Bool {
    switch setting.target {
    case .boolean(let path): configuration[keyPath: path] != nil
    case .integer(let path, _): configuration[keyPath: path] != nil
    case .strings(let path), .choices(let path, _), .rules(let path): configuration[keyPath: path] != nil
    case .string(let path), .version(let path), .choice(let path, _), .inputFile(let path), .outputFile(let path):
      configuration[keyPath: path] != nil
    }
  }
}
