import MerlonBase
import MerlonCatalog

/// Looks for secrets that a Dockerfile writes into an image: values of variables, files, addresses with tokens.
struct SecretInImageRule: DeploymentRule {
  static let weakness = Weakness.secretInImage

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    guard let dockerfile = context.content.dockerfile else { return }
    var buildSecrets = secretArguments(dockerfile.preamble)
    let chain = dockerfile.finalChainIndexes
    for instruction in dockerfile.preamble { checkVariables(instruction, [], isFinal: true, in: context) }
    for (number, stage) in dockerfile.stages.enumerated() {
      buildSecrets.formUnion(secretArguments(stage.instructions))
      let isFinal = chain.contains(number)
      for instruction in stage.instructions {
        switch instruction.keyword {
        case "ENV", "ARG": checkVariables(instruction, buildSecrets, isFinal: isFinal, in: context)
        case "COPY", "ADD": checkCopy(instruction, isFinal: isFinal, in: context)
        case "RUN": checkRun(instruction, buildSecrets, in: context)
        default: break
        }
      }
    }
  }

  /// Names of `ARG`s that are given a secret when the image is built.
  private func secretArguments(_ instructions: [Dockerfile.Instruction]) -> Set<String> {
    var names: Set<String> = []
    for instruction in instructions where instruction.keyword == "ARG" {
      for (name, _) in instruction.pairs where SensitiveNames.kind(of: name) != nil { names.insert(name) }
    }
    return names
  }

  // MARK: Variables

  private func checkVariables(
    _ instruction: Dockerfile.Instruction, _ buildSecrets: Set<String>, isFinal: Bool, in context: DeploymentContext
  ) {
    for (name, value) in instruction.pairs {
      guard let value else { continue }
      if instruction.keyword == "ENV", let argument = soleVariable(value.text), buildSecrets.contains(argument) {
        context.report(
          Self.weakness, at: value.range, "the build argument `\(argument)` is stored in the image as `\(name)`",
          evidence: "ENV \(name)", confidence: isFinal ? .medium : .low)
        continue
      }
      guard let verdict = DeploymentSecrets.judge(name: name, value: value.text) else { continue }
      let message =
        switch verdict {
        case .secret: "the value of `\(name)` is part of the image"
        case .placeholder: "`\(name)` has a public value: every container that is not told otherwise uses it"
        case .credentialsInURL: "`\(name)` holds an address with a password, which is part of the image"
        }
      // What a stage that only builds keeps stays in caches; a placeholder there is what building needs.
      let confidence: Confidence =
        isFinal ? (verdict.isPlaceholder ? .medium : .high) : (verdict.isPlaceholder ? .low : .medium)
      context.report(
        Self.weakness, at: value.range, message, evidence: "\(instruction.keyword) \(name)", confidence: confidence,
        severity: verdict.isPlaceholder && verdict != .placeholder ? .medium : nil)
    }
  }

  private func soleVariable(_ text: String) -> String? {
    let parts = VariableText.parts(of: text)
    guard parts.count == 1, case .variable(let name, nil, _) = parts[0] else { return nil }
    return name
  }

  // MARK: Files

  private func checkCopy(_ instruction: Dockerfile.Instruction, isFinal: Bool, in context: DeploymentContext) {
    let words = instruction.execForm ?? instruction.words.filter { !$0.text.hasPrefix("--") }
    for source in words.dropLast() {
      guard let what = SecretFiles.description(source.text) else { continue }
      context.report(
        Self.weakness, at: source.range, "\(what) `\(source.text)` is copied into the image",
        evidence: "COPY \(source.text)", confidence: isFinal ? .high : .medium)
    }
  }

  // MARK: Commands

  private func checkRun(
    _ instruction: Dockerfile.Instruction, _ buildSecrets: Set<String>, in context: DeploymentContext
  ) {
    for text in [instruction.argumentsWithoutFlags] + instruction.heredocs {
      for command in ShellReader.commands(text) {
        for word in command.words + command.assignments.map(\.value) {
          guard let credential = urlCredential(word.text) else { continue }
          let variables = VariableText.parts(of: credential).compactMap { part -> String? in
            if case .variable(let name, _, _) = part { name } else { nil }
          }
          if variables.isEmpty, !credential.contains("$") {
            guard credential.utf8.count >= 4 else { continue }
            context.report(
              Self.weakness, at: word.range, "a credential in an address stays in the image's history",
              evidence: "RUN address with credential")
          } else if let name = variables.first(where: buildSecrets.contains) {
            context.report(
              Self.weakness, at: word.range,
              "the build argument `\(name)` stays in the image's history", evidence: "RUN address with \(name)",
              confidence: .medium)
          }
        }
      }
    }
  }

  /// The secret part of `https://user:secret@host` and `https://token@host`.
  private func urlCredential(_ text: String) -> String? {
    if let password = DeploymentSecrets.password(inURL: text) { return password }
    let bytes = Array(text.utf8)
    guard let mark = DeploymentSecrets.find(Array("://".utf8), in: bytes) else { return nil }
    let authority = bytes[(mark + 3)...].prefix { $0 != UInt8(ascii: "/") }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let user = String(decoding: authority[..<at], as: UTF8.self)
    // `ssh://git@host` names a user, not a secret.
    return user.contains("$") || DeploymentSecrets.isProviderToken(user) ? user : nil
  }
}

/// Names of files that hold secrets.
enum SecretFiles {
  /// What a file is, when its name says that it holds secrets; nil for examples, public parts and everything else.
  static func description(_ path: String) -> String? {
    let name = ServerCommand.baseName(path).lowercased()
    let words = Set(name.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    if !words.isDisjoint(with: ["example", "sample", "template", "dist", "tmpl", "tpl", "test", "ci", "public", "pub"])
    {
      return nil
    }
    if name == ".env" || name.hasPrefix(".env.") || (name.hasSuffix(".env") && name.count > 4) {
      return "the file of settings and secrets"
    }
    if ["id_rsa", "id_ed25519", "id_ecdsa", "id_dsa"].contains(name) { return "the private key" }
    if name.hasSuffix(".key") || (name.hasSuffix(".pem") && !words.isDisjoint(with: ["key", "privkey", "private"])) {
      return "the private key"
    }
    if name.hasSuffix(".p12") || name.hasSuffix(".pfx") || name.hasSuffix(".jks") { return "the key store" }
    if [".netrc", ".pypirc", ".npmrc", ".git-credentials", ".pgpass", ".dockerconfigjson"].contains(name) {
      return "the file of credentials"
    }
    if name.hasSuffix(".json"), words.contains("credentials") || words.isSuperset(of: ["service", "account"]) {
      return "the file of credentials"
    }
    if name == ".ssh" || name == ".aws" { return "the folder of credentials" }
    return nil
  }
}
