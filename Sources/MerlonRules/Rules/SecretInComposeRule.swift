import MerlonBase
import MerlonCatalog

/// Looks for secrets that stand in Compose files and Kubernetes manifests.
struct SecretInComposeRule: DeploymentRule {
  static let weakness = Weakness.secretInCompose

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    let content = context.content
    for service in content.services {
      let isDevelopment = content.isDevelopment || service.isDevelopment
      for setting in service.environment { check(setting, isDevelopment, in: context) }
      checkArguments(service, isDevelopment, in: context)
    }
    for object in content.objects { checkObject(object, content.isDevelopment, in: context) }
  }

  private func check(_ setting: EnvironmentSetting, _ isDevelopment: Bool, in context: DeploymentContext) {
    let fallback = DeploymentSecrets.publicDefault(setting.value)
    let isDefault = fallback != nil
    guard let verdict = DeploymentSecrets.judge(name: setting.name, value: fallback ?? setting.value) else {
      checkEmbeddedDefault(setting, isDevelopment, in: context)
      return
    }
    // Passwords of a developer's own database are no secret; a real key is one wherever it stands.
    if isDevelopment, verdict.isPlaceholder || !DeploymentSecrets.looksRandom(fallback ?? setting.value) { return }
    let name = setting.name
    let message =
      switch verdict {
      case _ where isDefault: "`\(name)` has a public default: what is not told otherwise runs with it"
      case .secret: "the value of `\(name)` is written into the file"
      case .placeholder: "`\(name)` has a public value: whoever reads the file or guesses it gets in"
      case .credentialsInURL: "`\(name)` holds an address with a password"
      }
    report(setting, message, verdict, isDevelopment, in: context)
  }

  /// `postgres://user:${PASSWORD:-secret}@host`.
  private func checkEmbeddedDefault(
    _ setting: EnvironmentSetting, _ isDevelopment: Bool, in context: DeploymentContext
  ) {
    guard setting.value.contains("${"), !isDevelopment else { return }
    let resolved = VariableText.substitute(setting.value, [:])
    guard resolved.isKnown, let password = DeploymentSecrets.password(inURL: resolved.text), !password.isEmpty else {
      return
    }
    report(
      setting, "`\(setting.name)` holds an address with a public default for the password",
      .credentialsInURL(isPlaceholder: DeploymentSecrets.isWellKnown(password)), isDevelopment, in: context)
  }

  private func report(
    _ setting: EnvironmentSetting, _ message: String, _ verdict: DeploymentSecrets.Verdict, _ isDevelopment: Bool,
    in context: DeploymentContext
  ) {
    // A well-known password of a database that only neighbours reach opens less than a signing key.
    let isKey = SensitiveNames.kind(of: setting.name) == .signingKey
    context.report(
      Self.weakness, at: setting.range, message, evidence: setting.name,
      confidence: verdict.isPlaceholder || isDevelopment ? .medium : .high,
      severity: verdict.isPlaceholder && !isKey ? .medium : nil)
  }

  /// `redis-server --requirepass secret`.
  private func checkArguments(_ service: ContainerService, _ isDevelopment: Bool, in context: DeploymentContext) {
    guard !isDevelopment, let command = service.node["command"] else { return }
    let words =
      command.items.isEmpty
      ? command.placedText.map { ShellReader.commands($0).flatMap(\.words) } ?? []
      : command.items.compactMap { item in
        item.text.map { ShellWord(text: $0, range: item.range, isLiteral: !$0.contains("$")) }
      }
    for (option, value) in zip(words, words.dropFirst()) where Self.secretOptions.contains(option.text) {
      let text = VariableText.substitute(value.text, [:])
      guard text.isKnown, !text.text.isEmpty else { continue }
      context.report(
        Self.weakness, at: value.range, "the value of `\(option.text)` is written into the file",
        evidence: "\(service.name) \(option.text)", confidence: .medium,
        severity: DeploymentSecrets.isWellKnown(text.text) ? .medium : nil)
    }
  }

  private static let secretOptions: Set<String> = ["--requirepass", "--masterauth", "--password"]

  // MARK: Kubernetes

  private func checkObject(_ object: YAMLNode, _ isDevelopment: Bool, in context: DeploymentContext) {
    let kind = object["kind"]?.text
    guard kind == "Secret" || kind == "ConfigMap" else { return }
    for (key, value) in object["stringData"]?.entries ?? [] { check(key, value, isDevelopment, in: context) }
    for (key, value) in object["data"]?.entries ?? [] {
      guard kind == "Secret" else {
        check(key, value, isDevelopment, in: context)
        continue
      }
      guard let name = key.text, let text = value.text, let decoded = Base64Text.decode(text) else { continue }
      check(EnvironmentSetting(name: name, value: decoded, range: value.range), isDevelopment, in: context)
    }
  }

  private func check(_ key: YAMLNode, _ value: YAMLNode, _ isDevelopment: Bool, in context: DeploymentContext) {
    guard let name = key.text, let text = value.text else { return }
    check(EnvironmentSetting(name: name, value: text, range: value.range), isDevelopment, in: context)
  }
}

/// Base64 (RFC 4648 §4) of short texts.
enum Base64Text {
  /// Nil for what is not Base64 or not UTF-8.
  static func decode(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var count = 0
    for byte in text.utf8 where byte != 0x0A && byte != 0x3D && byte != 0x20 {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte + 4
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      buffer = buffer << 6 & 0xFF_FFFF | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(count)))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
