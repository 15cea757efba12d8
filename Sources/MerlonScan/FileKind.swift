/// What a file is, by its name: decides who reads it.
package enum FileKind: String, Sendable, Hashable, CaseIterable {
  case python
  case dockerfile
  /// A Compose file: `compose.yaml`, `docker-compose.yml`, `docker-compose.prod.yml`, …
  case compose
  case procfile
  /// Recipes that start things: `Makefile`, `justfile`.
  case makefile
  case shell
  /// A systemd unit.
  case systemd
  /// Variables for the environment: `.env`, `.env.production`, …
  case environment
  /// Any other YAML: Kubernetes manifests, CI jobs, settings.
  case yaml
  case toml
  /// INI-like settings: `.ini`, `.cfg`, `.conf` (supervisor, nginx, alembic).
  case settings
  /// What names the project's dependencies: `requirements*.txt`, `poetry.lock`, `uv.lock`, `Pipfile`, `Pipfile.lock`.
  case requirements

  /// Whether it says how the service is built and started, so that findings may lie in it.
  package var isDeployment: Bool {
    switch self {
    case .dockerfile, .compose, .procfile, .makefile, .shell, .systemd, .environment, .yaml: true
    case .python, .toml, .settings, .requirements: false
    }
  }

  /// The kind of a file by its name alone; nil for one that Merlon does not read.
  package init?(name: [UInt8]) {
    let text = String(decoding: name, as: UTF8.self)
    let lower = text.lowercased()
    if lower.hasSuffix(".py") {
      self = .python
    } else if Self.isDockerfile(lower) {
      self = .dockerfile
    } else if lower == ".env" || lower.hasPrefix(".env.") || lower == ".envrc" || lower.hasSuffix(".env") {
      self = .environment
    } else if lower == "procfile" || lower.hasPrefix("procfile.") {
      self = .procfile
    } else if ["makefile", "gnumakefile", "justfile", ".justfile"].contains(lower) || lower.hasSuffix(".mk") {
      self = .makefile
    } else if lower.hasSuffix(".yml") || lower.hasSuffix(".yaml") {
      self = lower.hasPrefix("docker-compose") || lower.hasPrefix("compose") ? .compose : .yaml
    } else if lower.hasSuffix(".sh") || lower.hasSuffix(".bash") {
      self = .shell
    } else if lower.hasSuffix(".service") || lower.hasSuffix(".socket") {
      self = .systemd
    } else if Self.isRequirements(lower) {
      self = .requirements
    } else if lower.hasSuffix(".toml") {
      self = .toml
    } else if lower.hasSuffix(".ini") || lower.hasSuffix(".cfg") || lower.hasSuffix(".conf") {
      self = .settings
    } else {
      return nil
    }
  }

  /// The kind of a program without suffix by its first line (`#!/usr/bin/env python3`).
  package init?(firstBytes: [UInt8]) {
    guard firstBytes.starts(with: [0x23, 0x21]) else { return nil }
    let line = String(decoding: firstBytes.prefix { $0 != 0x0A }, as: UTF8.self)
    let words = line.dropFirst(2).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "/" })
    if words.contains(where: { $0.hasPrefix("python") || $0.hasPrefix("pypy") }) {
      self = .python
    } else if words.contains(where: { ["sh", "bash", "dash", "zsh", "ksh"].contains($0) }) {
      self = .shell
    } else {
      return nil
    }
  }

  private static func isDockerfile(_ lower: String) -> Bool {
    for base in ["dockerfile", "containerfile"] {
      if lower == base || lower.hasPrefix(base + ".") || lower.hasSuffix("." + base) {
        return !lower.hasSuffix(".dockerignore")
      }
    }
    return false
  }

  private static func isRequirements(_ lower: String) -> Bool {
    if ["poetry.lock", "uv.lock", "pdm.lock", "pipfile", "pipfile.lock"].contains(lower) { return true }
    return (lower.hasSuffix(".txt") || lower.hasSuffix(".in"))
      && (lower.hasPrefix("requirements") || lower.hasPrefix("constraints") || lower.hasSuffix("requirements.txt"))
  }
}
