import MerlonBase

/// A workload of a Kubernetes manifest: what has a pod.
struct KubernetesWorkload: Sendable {
  let kind: String
  let name: String
  /// The pod's `spec`.
  let pod: YAMLNode
  let containers: [ContainerService]

  /// The workloads of a document; those of the items too if it is a `List`.
  static func all(in document: YAMLNode) -> [KubernetesWorkload] {
    objects(in: document).compactMap(KubernetesWorkload.init)
  }

  /// The objects of a document: itself, or the items of a `List`.
  static func objects(in document: YAMLNode) -> [YAMLNode] {
    guard document["apiVersion"]?.text != nil, let kind = document["kind"]?.text else { return [] }
    return kind.hasSuffix("List") ? Array((document["items"]?.items ?? []).prefix(10_000)) : [document]
  }

  private init?(_ object: YAMLNode) {
    guard let kind = object["kind"]?.text, let spec = object["spec"] else { return nil }
    let pod =
      spec["jobTemplate"]?["spec"]?["template"]?["spec"] ?? spec["template"]?["spec"] ?? (kind == "Pod" ? spec : nil)
    guard let pod, pod.isMapping else { return nil }
    self.kind = kind
    let name = object["metadata"]?["name"]?.text ?? ""
    self.name = name
    self.pod = pod
    let isDevelopment =
      DeploymentPurpose.isDevelopment(name: name)
      || DeploymentPurpose.isDevelopment(name: object["metadata"]?["namespace"]?.text ?? "")
    let all = (pod["containers"]?.items ?? []) + (pod["initContainers"]?.items ?? [])
    containers = all.prefix(1_000).map { node in
      let settings = (node["env"]?.items ?? []).compactMap { entry -> EnvironmentSetting? in
        guard let name = entry["name"]?.text, let value = entry["value"], let text = value.text else { return nil }
        return EnvironmentSetting(name: name, value: text, range: value.range)
      }
      return ContainerService(
        name: node["name"]?.text ?? "", range: node["name"]?.range ?? node.range, node: node,
        image: node["image"]?.text, environment: settings, exposure: .inner, isDevelopment: isDevelopment)
    }
  }
}
