import MerlonBase
import MerlonCatalog

/// Looks for containers that are not contained: privileged, with the host's namespaces, its Docker socket or its disk.
struct ComposePrivilegedRule: DeploymentRule {
  static let weakness = Weakness.composePrivileged

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    let content = context.content
    for service in content.services {
      let isTool = Self.isTool(service.image)
      let confidence: Confidence = content.isDevelopment || service.isDevelopment ? .low : isTool ? .medium : .high
      checkService(service, confidence, in: context)
    }
    for workload in content.workloads {
      // Agents that run once on each node are made to see it.
      let confidence: Confidence = content.isDevelopment || workload.kind == "DaemonSet" ? .low : .high
      checkPod(workload, confidence, in: context)
    }
  }

  private func report(
    _ node: YAMLNode, _ message: String, _ evidence: String, _ confidence: Confidence, in context: DeploymentContext
  ) {
    context.report(Self.weakness, at: node.range, message, evidence: evidence, confidence: confidence)
  }

  // MARK: Compose and containers

  private func checkService(_ service: ContainerService, _ confidence: Confidence, in context: DeploymentContext) {
    let node = service.node
    let name = service.name
    if let privileged = node["privileged"] ?? node["securityContext"]?["privileged"], privileged.isTrue {
      report(
        privileged, "`\(name)` has all devices and capabilities of the host", "\(name) privileged", confidence,
        in: context)
    }
    for key in ["network_mode", "pid", "ipc", "userns_mode"] {
      guard let value = node[key], value.text == "host" else { continue }
      report(
        value, "`\(name)` shares the host's \(Self.namespaces[key] ?? key)", "\(name) \(key)",
        key == "network_mode" || key == "pid" ? min(confidence, .medium) : .low, in: context)
    }
    let added = (node["cap_add"]?.items ?? []) + (node["securityContext"]?["capabilities"]?["add"]?.items ?? [])
    for capability in added {
      let text = (capability.text ?? "").uppercased()
      guard Self.capabilities.contains(text.hasPrefix("CAP_") ? String(text.dropFirst(4)) : text) else { continue }
      report(
        capability, "the capability `\(text)` lets `\(name)` take over the host", "\(name) \(text)", confidence,
        in: context)
    }
    for volume in node["volumes"]?.items ?? [] {
      let parts = (volume.text ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let source = volume["source"]?.text ?? parts.first ?? ""
      let isReadOnly = volume["read_only"]?.isTrue ?? (parts.count > 2 && parts[2].contains("ro"))
      let place = volume["source"] ?? volume
      if Self.isSocket(source) {
        if Self.isSocketProxy(service.image) { continue }
        report(
          place, "`\(name)` controls Docker on the host through its socket", "\(name) \(source)",
          Self.isTool(service.image) && isReadOnly ? .low : confidence, in: context)
      } else if source == "/", !isReadOnly {
        report(place, "`\(name)` can write to the host's whole disk", "\(name) host root", confidence, in: context)
      }
    }
  }

  // MARK: Pods

  private func checkPod(_ workload: KubernetesWorkload, _ confidence: Confidence, in context: DeploymentContext) {
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
      guard let value = workload.pod[key], value.isTrue else { continue }
      report(
        value, "`\(workload.name)` shares the node's \(Self.namespaces[key] ?? key)", "\(workload.name) \(key)",
        min(confidence, .medium), in: context)
    }
    for volume in workload.pod["volumes"]?.items ?? [] {
      guard let path = volume["hostPath"]?["path"], let text = path.text, text == "/" || Self.isSocket(text) else {
        continue
      }
      report(
        path, "`\(workload.name)` mounts `\(text)` of its node", "\(workload.name) hostPath \(text)", confidence,
        in: context)
    }
  }

  private static func isSocket(_ path: String) -> Bool {
    let text = VariableText.substitute(path, [:]).text
    return ["/docker.sock", "/podman.sock", "/containerd.sock", "/crio.sock"].contains(where: text.hasSuffix)
  }

  /// Proxies, collectors and managers that need a look at the host's containers.
  private static func isTool(_ image: String?) -> Bool {
    guard let image = image?.lowercased() else { return false }
    return tools.contains(where: image.contains)
  }

  /// Made to stand between the socket and others.
  private static func isSocketProxy(_ image: String?) -> Bool {
    image?.lowercased().contains("socket-proxy") ?? false
  }

  private static let namespaces = [
    "network_mode": "network: whatever trusts 127.0.0.1 is open to it", "pid": "processes", "ipc": "shared memory",
    "userns_mode": "user ids", "hostNetwork": "network: whatever trusts 127.0.0.1 is open to it",
    "hostPID": "processes", "hostIPC": "shared memory",
  ]

  /// Capabilities that amount to root on the host (capabilities(7)).
  private static let capabilities: Set<String> = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH"]

  private static let tools = [
    "traefik", "portainer", "watchtower", "cadvisor", "datadog", "promtail", "alloy", "vector", "filebeat", "fluent",
    "dozzle", "node-exporter", "node_exporter", "nginx-proxy", "acme-companion", "autoheal", "gitlab-runner", "ofelia",
    "dockge", "homepage", "telegraf", "netdata", "buildkit", "docker:", "dind", "crowdsec", "diun", "caddy-docker",
  ]
}
