import MerlonBase
import MerlonScan
import Testing

@Suite struct VerbTests {
  @Test func theVersionIsToldOnStandardOutput() {
    let outcome = TestFolder().merlon("--version")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("merlon ") && outcome.talk == "")
  }

  /// `MERLON_UPDATE_SNAPSHOTS=1 swift test --filter VerbTests` writes the pages anew.
  @Test(arguments: ["merlon", "scan", "map", "init", "explain", "rules"])
  func everyVerbHasTheHelpThatIsDocumented(verb: String) throws {
    let outcome = TestFolder().shell("$MERLON \(verb == "merlon" ? "" : verb) --help")
    #expect(outcome.status == 0 && outcome.talk == "")
    let snapshots = TestFolder.sources + "/Snapshots"
    if TestFolder.updatesSnapshots {
      TestFolder.write(outcome.output, to: "\(snapshots)/\(verb).txt")
    }
    let expected = try DiskFileSystem().read(.init("\(snapshots)/\(verb).txt"), limit: 1 << 20)
    #expect(outcome.output == String(decoding: expected, as: UTF8.self))
  }

  @Test func initSetsUpAProjectThatMerlonAccepts() {
    let folder = TestFolder(unsafeProject)
    let dry = folder.merlon("init", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("# ---- merlon.toml") && folder.read("merlon.toml") == nil)
    let outcome = folder.merlon("init")
    #expect(outcome.status == 0 && outcome.talk.contains("found app.app (app.py:4)"), "\(outcome.talk)")
    for file in ["merlon.toml", ".github/workflows/merlon.yml", ".pre-commit-config.yaml"] {
      #expect(folder.read(file) != nil, "\(file)")
    }
    #expect(folder.merlon("scan").status == 1)
    // Every key that is commented out is right as it stands.
    _ = folder.shell(
      "sed -i -E '/^# \\[/,/^$/d; s/^# ([a-z-]+ = )/\\1/' merlon.toml && mkdir -p .venv/bin .venv/lib/python3.12/site-packages && touch .venv/bin/python"
    )
    folder.write("merlon-baseline.json", "{\"merlon_baseline\": 1, \"findings\": []}\n")
    folder.write("security/models/acme.pyi", "def call() -> None: ...\n")
    _ = folder.shell("sed -i '/^diff-base/d' merlon.toml")
    let scan = folder.merlon("scan")
    #expect(scan.status <= 1, "\(scan.talk)")
  }

  @Test func initOverwritesOnlyWhenForced() {
    let folder = TestFolder(["merlon.toml": "fail-on = 'low'\n", "app.py": "x = 1\n"])
    let kept = folder.merlon("init")
    #expect(kept.status == 0 && kept.talk.contains("left as it is"))
    #expect(folder.read("merlon.toml") == "fail-on = 'low'\n")
    #expect(folder.merlon("init", "--force").status == 0)
    #expect(folder.read("merlon.toml") != "fail-on = 'low'\n")
  }

  @Test func initKnowsGitLab() {
    let folder = TestFolder([".gitlab-ci.yml": "stages: [test]\n", "app.py": "x = 1\n"])
    #expect(folder.merlon("init").talk.contains("include:"))
    #expect(folder.read(".gitlab/merlon.yml") != nil && folder.read(".github/workflows/merlon.yml") == nil)
  }

  @Test func explainTellsOfAWeaknessByIdOrName() {
    let folder = TestFolder()
    let byID = folder.merlon("explain", "mrl101")
    #expect(byID.status == 0 && byID.output.hasPrefix("MRL101 jwt-signature-not-verified\n"))
    #expect(byID.output == folder.merlon("explain", "jwt-signature-not-verified").output)
    #expect(byID.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
    let near = folder.merlon("explain", "jwt-signature-not-verifid")
    #expect(near.status == 2 && near.talk.contains("did you mean `jwt-signature-not-verified`?"))
    #expect(folder.merlon("explain").output.contains("MRL101"))
  }

  @Test func rulesAreListedForPeopleAndPrograms() {
    let folder = TestFolder()
    #expect(folder.merlon("rules").output.contains("MRL101  jwt-signature-not-verified"))
    let count = folder.shell(
      "$MERLON rules --format json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)[\"rules\"]))'")
    #expect((Int(count.output.dropLast()) ?? 0) >= 30, "\(count.output)\(count.talk)")
  }

  @Test func aCopiedBinaryWorksAlone() {
    let folder = TestFolder(unsafeProject)
    let outcome = folder.shell("mkdir bin && cp $MERLON bin/ && cd bin && ./merlon scan ../app.py")
    #expect(outcome.status == 1 && outcome.output.contains("MRL101"), "\(outcome.talk)")
  }

  @Test func setUpWritesNothingThroughALinkedFolder() {
    let outcome = TestFolder().shell(
      "mkdir project outside; ln -s ../outside project/.github; $MERLON init project; ls outside")
    #expect(outcome.talk.contains("project/.github is no folder"), "\(outcome.talk)")
    #expect(outcome.output == "")
  }
}
