import SchedulerCore

/// Paths of both APIs from a server's address on, percent-encoded.
enum ClientPath {
    static let ess = LinkBuilder.apiPath
    static let requests = ess + "/requests"
    static let administration = AdministrationOperations.base

    /// Below Oracle's base path.
    static func request(_ id: RequestID, _ operation: String = "") -> String { "\(requests)/\(id)\(operation)" }

    /// What our own API adds about it.
    static func more(about id: RequestID, _ operation: String) -> String {
        "\(administration)/requests/\(id)\(operation)"
    }

    static func node(_ name: String, _ operation: String = "") -> String {
        "\(administration)/nodes/\(PercentEncoding.encoded(name))\(operation)"
    }

    static func binding(_ assignment: MetadataObjectID, _ node: String) -> String {
        "\(administration)/workload/bindings/\(PercentEncoding.encoded(node))\(name(of: assignment))"
    }

    static let secrets = administration + "/secrets"

    static func secret(_ name: String) -> String { "\(secrets)/\(PercentEncoding.encoded(name))" }

    static func objects(_ kind: MetadataKind) -> String {
        switch kind {
        case .user: administration + "/users"
        case .role: administration + "/roles"
        case .grant: administration + "/grants"
        default: administration + "/metadata/\(kind.rawValue)"
        }
    }

    static func object(_ id: MetadataObjectID, _ part: String = "") -> String {
        objects(id.kind) + name(of: id) + part
    }

    static func customization(_ id: MetadataObjectID, _ property: String) -> String {
        object(id, "/customizations/\(PercentEncoding.encoded(property))")
    }

    /// Package and name, each word with a slash before it.
    private static func name(of id: MetadataObjectID) -> String {
        let words = id.package.split(separator: "/").map(String.init) + [id.name]
        return words.map { "/" + PercentEncoding.encoded($0) }.joined()
    }
}
