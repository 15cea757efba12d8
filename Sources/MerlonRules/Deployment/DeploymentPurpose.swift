/// Tells from names whether a file, stage or service is for development or tests rather than for what callers reach.
enum DeploymentPurpose {
  /// True for paths such as `compose.dev.yaml`, `docker-compose.override.yml`, `.devcontainer/Dockerfile`,
  /// `tests/docker/compose.yaml`, `scripts/start-reload.sh`.
  static func isDevelopment(path: String) -> Bool {
    path.split(separator: "/").contains { isDevelopment(name: $0) }
  }

  /// True for names of files, stages, services, profiles and targets with a word of development in them.
  static func isDevelopment(name: some StringProtocol) -> Bool {
    words(of: name).contains(where: developmentWords.contains)
  }

  /// True for services that run once and end: migrations and the like.
  static func isOneOff(name: some StringProtocol) -> Bool {
    words(of: name).contains(where: ["init", "setup", "migrate", "migration", "migrations", "seed"].contains)
  }

  private static func words(of name: some StringProtocol) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  private static let developmentWords: Set<String> = [
    "dev", "devel", "develop", "development", "devcontainer", "test", "tests", "testing", "local", "localhost", "debug",
    "override", "ci", "e2e", "integration", "example", "examples", "sample", "samples", "sandbox", "playground",
    "vscode", "reload", "hotreload", "watch", "tox", "unittest", "pytest", "bench", "benchmark", "benchmarks",
    "quickstart", "demo",
    "github", "docs",
  ]
}
