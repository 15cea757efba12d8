import MerlonBase
import MerlonCatalog

/// Looks for ports of databases, caches and brokers that are published on every address of the machine.
struct DatabasePortPublishedRule: DeploymentRule {
  static let weakness = Weakness.databasePortPublished

  func check(_ file: DeploymentFile, in context: DeploymentContext) {
    let content = context.content
    guard !content.isDevelopment else { return }
    for service in content.services where !service.isDevelopment {
      for node in service.node["ports"]?.items ?? [] {
        guard let port = PublishedPort(node), port.isOnAllInterfaces, let name = Self.database(port.target) else {
          continue
        }
        let place = node["published"] ?? node["target"] ?? node
        context.report(
          Self.weakness, at: place.range, "the port of \(name) is published on all interfaces of the machine",
          evidence: "\(service.name) \(port.target.lowerBound)")
      }
    }
    for object in content.objects where object["kind"]?.text == "Service" { check(object, in: context) }
  }

  private func check(_ service: YAMLNode, in context: DeploymentContext) {
    guard let spec = service["spec"], let type = spec["type"]?.text, ["LoadBalancer", "NodePort"].contains(type) else {
      return
    }
    for port in spec["ports"]?.items ?? [] {
      guard let node = port["port"], let number = node.text.flatMap({ Int($0) }),
        let name = Self.database(number...number)
      else { continue }
      context.report(
        Self.weakness, at: node.range, "the port of \(name) is published outside of the cluster",
        evidence: "\(service["metadata"]?["name"]?.text ?? "") \(number)")
    }
  }

  private static func database(_ ports: ClosedRange<Int>) -> String? {
    guard ports.count <= 32 else { return nil }
    return ports.lazy.compactMap { names[$0] }.first
  }

  /// Ports that the services have by default (IANA's registry, the products' manuals).
  private static let names = [
    1433: "SQL Server", 1521: "Oracle", 2379: "etcd", 3306: "MySQL", 4369: "RabbitMQ", 5432: "PostgreSQL",
    5672: "RabbitMQ", 5984: "CouchDB", 6333: "Qdrant", 6334: "Qdrant", 6379: "Redis", 7474: "Neo4j", 7687: "Neo4j",
    9042: "Cassandra", 9092: "Kafka", 9200: "Elasticsearch", 9300: "Elasticsearch", 11211: "memcached",
    15672: "RabbitMQ", 19530: "Milvus", 26257: "CockroachDB", 27017: "MongoDB", 28015: "RethinkDB",
  ]
}
