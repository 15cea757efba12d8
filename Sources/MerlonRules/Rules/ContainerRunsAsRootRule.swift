import MerlonBase
import MerlonCatalog

/// Looks for images and services whose process is root.
///
/// A missing `USER` is judged with the base image: many run as another user, or drop privileges by themselves.
struct ContainerRunsAsRootRule: DeploymentRule {
  static let weakness = Weakness.containerRunsAsRoot

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    let content = context.content
    if let dockerfile = content.dockerfile, !content.isDevelopment { check(dockerfile, in: context) }
    for service in content.services where !content.isDevelopment && !service.isDevelopment {
      check(service, in: context)
    }
  }

  // MARK: Images

  private func check(_ dockerfile: Dockerfile, in context: DeploymentContext) {
    let chain = dockerfile.finalChain
    guard let final = chain.first, let root = chain.last else { return }
    if let name = final.name, DeploymentPurpose.isDevelopment(name: name) { return }
    if chain.contains(where: Self.dropsPrivileges) { return }
    let startsSomething = chain.contains { $0.instructions.contains { ["CMD", "ENTRYPOINT"].contains($0.keyword) } }
    if let user = dockerfile.lastInChain("USER") {
      guard let word = user.words.first, Self.isRoot(dockerfile.substituted(word.text).text) else { return }
      context.report(
        Self.weakness, at: user.range, "the image's process runs as root: the last `USER` is `\(word.text)`",
        evidence: "USER root", confidence: startsSomething ? .high : .medium)
      return
    }
    let base = root.base
    if base.text == "scratch" && !startsSomething || BaseImages.isUnprivileged(base.text) { return }
    var confidence = Confidence.high
    // A script that starts the service may drop privileges; an image that starts nothing is made for others.
    if !startsSomething || Self.startsByScript(dockerfile) { confidence = .medium }
    // An image of one's own may set a user.
    if !base.isKnown || !BaseImages.isRoot(base.text) { confidence = base.isKnown ? min(confidence, .medium) : .low }
    context.report(
      Self.weakness, at: final.from.range, "no `USER` is set: the image's process runs as root",
      evidence: "FROM without USER", confidence: confidence)
  }

  static func isRoot(_ user: String) -> Bool {
    let name = user.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? user
    return name == "root" || (!name.isEmpty && name.allSatisfy { $0 == "0" })
  }

  private static let droppers = ["gosu", "su-exec", "setpriv", "s6-setuidgid", "runuser", "chpst", "fixuid"].map {
    Array($0.utf8)
  }

  /// A tool that changes the user is installed, copied or called.
  private static func dropsPrivileges(_ stage: Dockerfile.Stage) -> Bool {
    stage.instructions.contains { instruction in
      guard ["RUN", "COPY", "ADD", "CMD", "ENTRYPOINT"].contains(instruction.keyword) else { return false }
      let texts = [instruction.arguments.bytes] + instruction.heredocs.map(\.bytes)
      return texts.contains { text in
        droppers.contains { DeploymentSecrets.find($0, in: text) != nil }
      }
    }
  }

  private static func startsByScript(_ dockerfile: Dockerfile) -> Bool {
    guard let entry = dockerfile.lastInChain("ENTRYPOINT") else { return false }
    return entry.arguments.text.contains(".sh") || entry.arguments.text.contains("entrypoint")
  }

  // MARK: Services

  private func check(_ service: ContainerService, in context: DeploymentContext) {
    if DeploymentPurpose.isOneOff(name: service.name) { return }
    let security = service.node["securityContext"]
    for user in [service.node["user"], security?["runAsUser"]] {
      guard let user, let text = user.text, Self.isRoot(text) else { continue }
      context.report(
        Self.weakness, at: user.range, "`\(service.name)` runs as root", evidence: "\(service.name) user root",
        confidence: .medium)
    }
  }
}

/// Facts of well-known base images.
enum BaseImages {
  /// The image runs as another user than root, or drops privileges before it serves.
  static func isUnprivileged(_ reference: String) -> Bool {
    let image = reference.lowercased()
    let (name, tag) = split(image)
    if tag.contains("nonroot") || tag.contains("non-root") || tag.contains("unprivileged") || tag.contains("chiseled")
      || tag.contains("rootless")
    {
      return true
    }
    if unprivilegedParts.contains(where: name.contains) { return true }
    let official = name.hasPrefix("docker.io/library/") ? String(name.dropFirst(18)) : name
    return privilegeDroppers.contains(official)
  }

  /// The image is known to leave root as its user.
  static func isRoot(_ reference: String) -> Bool {
    let (name, _) = split(reference.lowercased())
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return rootImages.contains(last) && !name.contains("chainguard") || name.hasPrefix("tiangolo/")
      || name.hasPrefix("nvidia/") || name.hasPrefix("ghcr.io/astral-sh/")
  }

  private static func split(_ image: String) -> (name: String, tag: String) {
    let withoutDigest = image.prefix { $0 != "@" }
    let lastSlash = withoutDigest.lastIndex(of: "/") ?? withoutDigest.startIndex
    guard let colon = withoutDigest[lastSlash...].lastIndex(of: ":") else { return (String(withoutDigest), "") }
    return (String(withoutDigest[..<colon]), String(withoutDigest[withoutDigest.index(after: colon)...]))
  }

  private static let unprivilegedParts = [
    "bitnami/", "bitnamilegacy/", "cgr.dev/", "chainguard/", "nginx-unprivileged", "jupyter/", "apache/airflow",
    "apache/spark", "apache/superset", "grafana/", "prom/", "dhi.io/", "mambaorg/micromamba", "lambda/python",
    "/ubi8/python-", "/ubi9/python-", "/ubi10/python-", "/s2i-", "amazon/aws-lambda", "nonroot",
  ]

  /// Official images whose servers change to a user of their own.
  private static let privilegeDroppers: Set<String> = [
    "nginx", "postgres", "redis", "valkey/valkey", "mysql", "mariadb", "mongo", "rabbitmq", "httpd", "haproxy",
    "elasticsearch", "memcached", "pgvector/pgvector", "postgis/postgis",
  ]

  private static let rootImages: Set<String> = [
    "python", "debian", "ubuntu", "alpine", "node", "golang", "rust", "pypy", "fedora", "centos", "rockylinux",
    "almalinux", "amazonlinux", "busybox", "scratch", "bun", "miniconda3", "anaconda3", "pytorch", "cuda", "uv",
    "python3", "playwright", "base-debian12", "cc-debian12", "python3-debian12", "static-debian12", "ubi",
    "ubi-minimal",
  ]
}
