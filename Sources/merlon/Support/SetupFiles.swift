import MerlonBase
import MerlonScan

/// A file that `merlon init` writes.
struct SetupFile {
  /// Relative to the project.
  var path: String
  var content: String
}

/// The texts of `merlon init`.
enum SetupFiles {
  static func make(for project: ProjectFacts) -> [SetupFile] {
    var files: [SetupFile] = []
    if project.configurationPath == nil || project.configurationPath?.hasSuffix("merlon.toml") == true {
      files.append(SetupFile(path: "merlon.toml", content: configuration(for: project)))
    }
    switch project.continuousIntegration {
    case .github: files.append(SetupFile(path: ".github/workflows/merlon.yml", content: githubJob))
    case .gitlab: files.append(SetupFile(path: ".gitlab/merlon.yml", content: gitlabJob))
    }
    if !project.hasPreCommit {
      files.append(SetupFile(path: ".pre-commit-config.yaml", content: "repos:\n" + preCommitHook))
    }
    return files
  }

  /// What the user has to do by hand, because the file is theirs.
  static func advice(for project: ProjectFacts) -> [String] {
    var lines: [String] = []
    if let path = project.configurationPath, !path.hasSuffix("merlon.toml") {
      lines.append("the project is configured in \(path); no merlon.toml is needed")
    }
    if project.continuousIntegration == .gitlab {
      lines.append("add to .gitlab-ci.yml:\ninclude:\n  - local: .gitlab/merlon.yml")
    }
    if project.hasPreCommit, !project.preCommitMentionsMerlon {
      lines.append("add under `repos:` of .pre-commit-config.yaml:\n" + preCommitHook)
    }
    return lines
  }

  /// Every setting with its explanation, commented out but for the threshold.
  private static func configuration(for project: ProjectFacts) -> String {
    var text = "# Configuration of Merlon. Every key is also an option of `merlon scan`, which wins over this file.\n"
    text += "# The same keys can stand under [tool.merlon] in pyproject.toml.\n\n"
    text += "# Least severity of a finding that makes the exit code 1: \(Setting.severities.joined(separator: ", ")).\n"
    text += "fail-on = \"\(Configuration.Defaults.failOn)\"\n"
    for setting in Setting.all where setting.name != "fail-on" {
      text += "\n# \(setting.help)\n# \(setting.name) = \(example(of: setting))\n"
    }
    text += """

      # What the API is meant to be; checks of access control read it.
      # [policy]
      # public-operations = ["POST /login", "GET /health"]
      # trusted-guards = ["app.security.require_user"]
      # owner-fields = ["owner_id"]
      # tenant-fields = ["tenant_id"]
      # required-dependency = "app.security.current_user"

      # Findings that do not count, with the reason (instead of `ignore` above, or as tables inside its array).
      # Beside the code, a comment does the same: merlon: ignore[MRL101] until=2027-01-31 owner=api-team -- reason
      # [[ignore]]
      # rule = "MRL101"
      # path = "app/legacy/"
      # reason = "replaced by the new login in March"
      # owner = "api-team"
      # until = 2027-01-31

      """
    return text
  }

  private static func example(of setting: Setting) -> String {
    switch setting.target {
    case .boolean: "false"
    case .integer: setting.name == "jobs" ? "2" : "\(Configuration.Defaults.maxFileSize)"
    case .choice(_, let choices):
      switch setting.name {
      case "min-confidence": "\"\(Configuration.Defaults.minConfidence)\""
      default: "\"\(choices.first ?? "")\""
      }
    case .choices: "[\"script\"]"
    case .rules: setting.name == "select" ? "[\"MRL1\", \"MRL3\"]" : "[\"MRL5\"]"
    case .strings where setting.name == "models": "[\"security/models\"]"
    case .strings: "[\"generated/\", \"*_pb2.py\"]"
    case .string: "\"origin/main\""
    case .version: "\"0.115.0\""
    case .inputFile: setting.name == "python" ? "\".venv/bin/python\"" : "\"merlon-baseline.json\""
    case .outputFile: setting.name == "output" ? "\"merlon-report.txt\"" : "\"merlon-baseline.json\""
    }
  }

  private static let preCommitHook = """
      - repo: local
        hooks:
          - id: merlon
            name: merlon scan (only what this commit introduces)
            entry: merlon scan --diff-base HEAD --quiet
            language: system
            pass_filenames: false
    """ + "\n"

  private static let install = "git clone --depth 1 --branch v\(Merlon.version) \(Merlon.informationURI) merlon-source"

  private static let githubJob = """
    # Reports what a pull request introduces, and everything on the main branch, to code scanning.
    name: merlon
    on:
      push:
        branches: [main]
      pull_request:

    permissions:
      contents: read
      security-events: write

    jobs:
      scan:
        runs-on: ubuntu-latest
        container: swift:6.3
        steps:
          - uses: actions/checkout@v4
            with:
              fetch-depth: 0
          - name: Trust the checkout
            run: git config --global --add safe.directory "$GITHUB_WORKSPACE"
          - name: Install Merlon
            run: |
              cd "$RUNNER_TEMP"
              \(install)
              make -C merlon-source install PREFIX=/usr/local
          - name: Annotate what the pull request introduces
            if: github.event_name == 'pull_request'
            env:
              BASE: ${{ github.event.pull_request.base.sha }}
            run: merlon scan --diff-base "$BASE" --format github
          - name: Scan
            if: ${{ !cancelled() }}
            run: merlon scan --format sarif --output merlon.sarif --fail-on never
          - uses: github/codeql-action/upload-sarif@v3
            if: ${{ !cancelled() }}
            with:
              sarif_file: merlon.sarif

    """

  private static let gitlabJob = """
    # Fails a merge request that introduces a weakness; keeps the whole report as an artefact.
    merlon:
      image: swift:6.3
      stage: test
      variables:
        GIT_DEPTH: "0"
      before_script:
        - cd /tmp && \(install) && make -C merlon-source install PREFIX=/usr/local && cd "$CI_PROJECT_DIR"
      script:
        - merlon scan --format json --output merlon.json --fail-on never
        - merlon scan ${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--diff-base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}
      artifacts:
        when: always
        paths: [merlon.json]

    """
}
