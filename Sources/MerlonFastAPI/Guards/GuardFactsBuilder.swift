import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

extension GuardReader {
  /// The facts of a callable as the model states them.
  func facts(_ summary: GuardSummary, mode: GuardMode) -> GuardFacts {
    GuardFactsBuilder(reader: self, summary: summary, mode: mode).build()
  }
}

/// Turns what a callable proves on each way into what it enforces, and why not.
struct GuardFactsBuilder {
  let reader: GuardReader
  let summary: GuardSummary
  let mode: GuardMode

  private var worlds: [GuardWorld] { summary.worlds.worlds }

  private static let kinds: [(check: GuardProof.Checks, enforcement: Enforcement)] = [
    (.authentication, .authentication), (.authorization, .authorization), (.ownership, .ownership), (.origin, .origin),
  ]

  func build() -> GuardFacts {
    var facts = GuardFacts()
    let live = summary.worlds.live
    for (check, enforcement) in Self.kinds {
      if holds(check, in: live) { facts.enforces.insert(enforcement) }
      if holds(check, in: worlds.filter { !hasOpenSetting($0, check) }) { facts.whenConfigured.insert(enforcement) }
    }
    if summary.report.limitsRate {
      facts.enforces.insert(.rate)
      facts.whenConfigured.insert(.rate)
    }
    facts.whenConfigured.formUnion(facts.enforces)
    facts.requirements = requirements(live)
    facts.credentials = summary.report.sources.all
    facts.refusesStrangers = summary.report.refusesStrangers
    facts.returnsPrincipal = summary.value.has(.principal)
    facts.exemptions = exemptions(live)
    facts.isOptional =
      mode == .dependency && !facts.enforces.contains(.authentication) && summary.value.isTrue != true
      && summary.value.whenTrue.contains(.authentication) && !summary.value.whenTrue.isUnreachable
    facts.gaps = gaps(facts, live)
    facts.evidence = evidence
    return facts
  }

  /// True when a check holds for all requests but those that are let through by what they ask for.
  private func holds(_ check: GuardProof.Checks, in worlds: [GuardWorld]) -> Bool {
    guard worlds.contains(where: { $0.proof.checks.contains(check) }) else { return false }
    return worlds.allSatisfy { $0.proof.contains(check) || $0.isAboutRequest }
  }

  /// True for the worlds of settings that are not set, where another setting of theirs brings the check.
  private func hasOpenSetting(_ world: GuardWorld, _ check: GuardProof.Checks) -> Bool {
    !world.proof.contains(check) && world.conditions.contains(where: \.isAboutSettings)
  }

  private func requirements(_ live: [GuardWorld]) -> [String] {
    let held = live.filter { $0.proof.checks.contains(.authorization) }
    let proof = held.reduce(GuardProof.everything) { $0.or($1.proof) }
    return proof.isUnreachable ? [] : proof.requirements.sorted()
  }

  // MARK: Exemptions

  private func exemptions(_ live: [GuardWorld]) -> [PathExemption] {
    let checks: GuardProof.Checks = [.authentication, .authorization, .ownership, .origin]
    let held = live.filter { !$0.proof.checks.isDisjoint(with: checks) }
    guard !held.isEmpty else { return [] }
    var result: [PathExemption] = []
    for world in live where world.proof.checks.isDisjoint(with: checks) && world.isAboutRequest {
      let about = world.conditions.filter(\.isAboutRequest)
      let deciding = about.filter { condition in held.contains { $0.conditions.contains(condition.negated) } }
      for condition in deciding.isEmpty ? about : deciding { add(condition, isNegated: false, to: &result) }
    }
    return result
  }

  private func add(_ condition: RequestCondition, isNegated: Bool, to result: inout [PathExemption]) {
    guard result.count < 100 else { return }
    func append(_ exemption: PathExemption) { if !result.contains(exemption) { result.append(exemption) } }
    switch condition {
    case .path(let match, let texts, let subject, let place):
      let location = location(place.definition)
      for text in texts ?? [sourceText(place.definition)] {
        append(
          PathExemption(match: match, text: text, subject: subject, isNegated: isNegated, location: location))
      }
    case .method(let methods, let place):
      for method in methods {
        append(
          PathExemption(
            match: .method, text: method, subject: "request.method", isNegated: isNegated,
            location: location(place.definition)))
      }
    case .connection(let types):
      for type in types {
        append(PathExemption(match: .equal, text: type, subject: "scope[\"type\"]", isNegated: isNegated))
      }
    case .setting: break
    case .not(let inner): add(inner, isNegated: !isNegated, to: &result)
    case .any(let parts), .all(let parts): for part in parts { add(part, isNegated: isNegated, to: &result) }
    }
  }

  private func sourceText(_ place: Definition) -> String {
    guard let module = reader.program.module(place.module) else { return "" }
    let text = module.tree.text(place.node).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return "{?\(text.prefix(60))}"
  }

  private func location(_ place: Definition) -> SourceLocation? {
    reader.program.module(place.module)?.location(place.node)
  }

  // MARK: Gaps

  private func gaps(_ facts: GuardFacts, _ live: [GuardWorld]) -> [GuardGap] {
    var result: [GuardGap] = []
    func add(_ kind: GuardGap.Kind, _ message: String, _ place: Definition?) {
      let gap = GuardGap(kind: kind, message: message, location: place.flatMap(location))
      if result.count < 8, !result.contains(gap) { result.append(gap) }
    }
    for gap in summary.report.gaps {
      // A result that is not looked at matters where nothing else decides.
      if gap.kind == .resultIgnored, facts.enforces.contains(.authentication) || facts.enforces.contains(.authorization)
      {
        continue
      }
      add(gap.kind, gap.message, gap.place)
    }
    guard !facts.enforces.contains(.authentication) else { return result }
    if mode == .handler { return result }
    if worlds.isEmpty {
      if mode == .dependency { add(.notUnderstood, "no way through it was found", nil) }
      return result
    }
    let knowsHow = worlds.contains { $0.proof.checks.contains(.authentication) }
    for world in live where !world.proof.contains(.authentication) && knowsHow {
      for condition in world.conditions where condition.isAboutSettings {
        guard let (name, place) = condition.settingPlace else { continue }
        if condition.defaultTruth != nil {
          add(.switchedOffByDefault, "nothing is checked unless `\(name)` is configured", place)
        } else {
          add(.notUnderstood, "`\(name)` decides whether anything is checked", place)
        }
      }
    }
    for exit in summary.exits where !exit.worlds.proof.contains(.authentication) {
      if mode == .dependency, exit.value.has(.refusal) {
        add(.resultIgnored, "an answer that a dependency returns refuses nothing: it has to raise", exit.place)
        return result
      }
      let bare = exit.worlds.live.filter { !$0.proof.contains(.authentication) }
      if knowsHow, bare.allSatisfy({ $0.conditions.contains(where: \.isAboutSettings) || $0.isAboutRequest }) {
        continue
      }
      if let place = exit.swallowed {
        add(.exceptionSwallowed, "when the check fails, the request goes on", place)
      } else if facts.isOptional || exit.missing != nil {
        if summary.report.verifications > 0, let place = exit.missing ?? Optional(exit.place) {
          add(.missingCredentialAccepted, "a request without a credential goes on", place)
        }
      }
    }
    if let place = summary.report.unverified {
      if summary.report.verifications == 0 {
        add(.credentialNotVerified, "the token is read without a check of its signature", place)
      } else if summary.worlds.proof.checks.contains(.possibleAuthentication) {
        add(.notUnderstood, "on one way the token is read without a check of its signature", place)
      }
    } else if summary.worlds.proof.checks.contains(.possibleAuthentication) {
      add(
        .notUnderstood, "whether the credential is verified can't be told: the code that gets it could not be read",
        summary.report.unread)
    }
    if result.isEmpty, facts.isOptional {
      add(.missingCredentialAccepted, "a request without a credential goes on", summary.exits.first?.place)
    }
    if result.isEmpty, !facts.credentials.isEmpty {
      if summary.report.verifications == 0 {
        let place = summary.report.evidence.first { $0.kind == .read }?.place
        add(.credentialNotVerified, "the credential is read and nobody verifies it", place)
      } else if knowsHow || summary.report.refusesStrangers
        || summary.report.evidence.contains(where: { $0.kind == .refused })
        || facts.whenConfigured.contains(.authentication)
        || summary.exits.contains(where: { $0.worlds.proof.contains(.authentication) })
      {
        let place = summary.exits.first { !$0.worlds.proof.contains(.authentication) }?.place
        add(.notUnderstood, "on one way nothing is verified, and when that is taken can't be told", place)
      } else if facts.returnsPrincipal, summary.value.whenTrue.contains(.authentication) {
        add(.missingCredentialAccepted, "a request without a credential goes on", summary.exits.first?.place)
      } else {
        let place = summary.report.evidence.first { $0.kind == .verified }?.place
        add(.resultIgnored, "what the check answers does not decide whether the request goes on", place)
      }
    }
    return result
  }

  private var evidence: [FlowStep] {
    summary.report.evidence.sorted { $0.kind.rawValue < $1.kind.rawValue }.compactMap { entry in
      location(entry.place).map { FlowStep(location: $0, message: entry.message) }
    }
  }
}
