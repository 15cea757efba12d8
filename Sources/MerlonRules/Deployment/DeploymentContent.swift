import MerlonBase

/// What a deployment file says, read once for all rules.
struct DeploymentContent: Sendable {
  /// The file is for development or tests, by its name and place.
  let isDevelopment: Bool
  private(set) var dockerfile: Dockerfile?
  /// Services of Compose files and containers of Kubernetes workloads.
  private(set) var services: [ContainerService] = []
  private(set) var workloads: [KubernetesWorkload] = []
  /// All objects of a Kubernetes manifest.
  private(set) var objects: [YAMLNode] = []
  private(set) var servers: [PlacedServer] = []
  /// Variables that are set for processes which are no containers of `services`, and for those.
  private(set) var settings: [PlacedSetting] = []
  private(set) var limits: [(kind: String, message: String, offset: UInt32)] = []

  init(_ file: DeploymentFile) {
    isDevelopment = DeploymentPurpose.isDevelopment(path: file.path)
    switch file.kind {
    case .dockerfile: readDockerfile(file.bytes)
    case .compose: readYAML(file.bytes, isCompose: true)
    case .kubernetes: if Self.isManifest(file.bytes) { readYAML(file.bytes, isCompose: false) }
    case .procfile: for line in ProcfileReader.commands(file.bytes) { addNamed(line) }
    case .makefile: for line in RecipeReader.commands(file.bytes) { addNamed(line) }
    case .shellScript:
      add(ServerCommand.all(in: PlacedText(file.bytes, from: 0)), Place(name: "", isDevelopment: isDevelopment))
    case .systemdUnit: readUnit(file.bytes)
    case .environmentFile:
      settings = EnvironmentFileReader.settings(file.bytes).map {
        PlacedSetting(setting: $0, place: Place(name: "", isDevelopment: isDevelopment))
      }
    }
  }

  private mutating func add(_ commands: [ServerCommand], _ place: Place) {
    servers += commands.map { PlacedServer(command: $0, place: place) }
  }

  private mutating func addNamed(_ line: NamedCommandLine) {
    let place = Place(
      name: line.name, isDevelopment: isDevelopment || DeploymentPurpose.isDevelopment(name: line.name))
    add(ServerCommand.all(in: line.text), place)
  }

  private mutating func readUnit(_ bytes: [UInt8]) {
    let unit = SystemdUnit(bytes)
    let place = Place(name: "", isDevelopment: isDevelopment)
    for command in unit.commands { add(ServerCommand.all(in: command), place) }
    settings = unit.environment.map { PlacedSetting(setting: $0, place: place) }
  }

  private mutating func readDockerfile(_ bytes: [UInt8]) {
    let dockerfile = Dockerfile(bytes)
    self.dockerfile = dockerfile
    let chain = dockerfile.finalChainIndexes
    for (number, stage) in dockerfile.stages.enumerated() {
      let place = Place(
        name: stage.name ?? "\(number)",
        isDevelopment: isDevelopment || stage.name.map { DeploymentPurpose.isDevelopment(name: $0) } ?? false,
        isContainer: true, isFinal: chain.contains(number))
      // Only the last `CMD` and `ENTRYPOINT` of a stage hold.
      for keyword in ["ENTRYPOINT", "CMD"] {
        guard let instruction = stage.instructions.last(where: { $0.keyword == keyword }) else { continue }
        add(instruction.servers, place)
      }
      for instruction in stage.instructions where instruction.keyword == "ENV" {
        for (name, value) in instruction.pairs {
          guard let value else { continue }
          let setting = EnvironmentSetting(
            name: name, value: dockerfile.substituted(value.text).text, range: value.range)
          settings.append(PlacedSetting(setting: setting, place: place))
        }
      }
    }
  }

  // MARK: YAML

  /// A cheap look: other YAML (settings, CI jobs, API descriptions) is none of ours.
  private static func isManifest(_ bytes: [UInt8]) -> Bool {
    var hasVersion = false
    var hasKind = false
    var hasServices = false
    for line in FileLine.lines(of: bytes) {
      if line.bytes.starts(with: Array("apiVersion:".utf8)) { hasVersion = true }
      if line.bytes.starts(with: Array("kind:".utf8)) { hasKind = true }
      if line.bytes.starts(with: Array("services:".utf8)) { hasServices = true }
    }
    return (hasVersion && hasKind) || hasServices
  }

  private mutating func readYAML(_ bytes: [UInt8], isCompose: Bool) {
    let (documents, failure) = YAMLText.documents(bytes)
    if let failure {
      let isTemplate = zip(bytes, bytes.dropFirst()).contains { $0 == 0x7B && $1 == 0x7B }
      limits.append(
        isTemplate
          ? ("template-not-rendered", "a template that becomes YAML: what it makes was not checked", failure.offset)
          : ("unparsed-yaml", "can't be read as YAML from here: \(failure.message)", failure.offset))
    }
    for document in documents {
      if let compose = ComposeFile(document, isNamedCompose: isCompose) {
        for service in compose.services { add(service) }
      } else if !isCompose {
        objects += KubernetesWorkload.objects(in: document)
        let found = KubernetesWorkload.all(in: document)
        workloads += found
        for container in found.flatMap(\.containers) { add(container) }
      }
    }
  }

  private mutating func add(_ service: ContainerService) {
    services.append(service)
    let place = Place(
      name: service.name, isDevelopment: isDevelopment || service.isDevelopment, isContainer: true,
      exposure: service.exposure, mountsSource: service.mountsSource)
    settings += service.environment.map { PlacedSetting(setting: $0, place: place) }
    // `entrypoint` and `command` are one line in Compose, as `command` and `args` are in Kubernetes.
    let isPod = service.node["args"] != nil || service.node["command"]?.items.isEmpty == false
    let parts =
      isPod
      ? [service.node["entrypoint"], service.node["command"], service.node["args"]]
      : [service.node["entrypoint"], service.node["command"]]
    let given = parts.compactMap { $0 }
    if given.contains(where: { !$0.items.isEmpty }) {
      let words = given.flatMap { part -> [ShellWord] in
        if let text = part.placedText { return WordReader.words(text) }
        return part.items.compactMap { item in
          item.placedText.map {
            ShellWord(
              text: $0.text, range: item.range, isLiteral: !$0.text.contains("$"), offsets: $0.offsets)
          }
        }
      }
      add(ServerCommand.all(in: words), place)
    } else {
      for text in given.compactMap(\.placedText) { add(ServerCommand.all(in: text), place) }
    }
  }
}

extension ContainerService {
  /// The source tree is mounted over the image's: how people work, not how they deploy.
  var mountsSource: Bool {
    (node["volumes"]?.items ?? []).contains { volume in
      let source: String
      let target: String
      if volume.isMapping {
        source = volume["source"]?.text ?? ""
        target = volume["target"]?.text ?? ""
      } else {
        let parts = (volume.text ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return false }
        source = String(parts[0])
        target = String(parts[1])
      }
      guard source.hasPrefix(".") || source.hasPrefix("${PWD}") || source.hasPrefix("$PWD") else { return false }
      let folders = ["data", "log", "logs", "uploads", "storage", "certs", "config", "conf", "static", "media", "tmp"]
      let last = ServerCommand.baseName(target)
      return !folders.contains(last) && !last.contains(".")
    }
  }
}

/// Where in a deployment a command or variable stands.
struct Place: Sendable {
  /// Stage, service, process or target.
  var name: String
  var isDevelopment: Bool
  var isContainer = false
  /// False for stages of a Dockerfile that only serve to build.
  var isFinal = true
  var exposure: ContainerService.Exposure = .unknown
  var mountsSource = false
}

struct PlacedServer: Sendable {
  var command: ServerCommand
  var place: Place
}

struct PlacedSetting: Sendable {
  var setting: EnvironmentSetting
  var place: Place
}
