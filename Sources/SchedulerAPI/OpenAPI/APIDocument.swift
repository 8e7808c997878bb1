import SchedulerCore

/// An OpenAPI 3.1 document, written from the tables that the server works by.
package struct APIDocument: Sendable {
    let title: String
    let about: String
    let groups: [APIGroup]
    let schemas: [(name: String, schema: APISchema)]

    /// The document.
    ///
    /// - Parameter publicURL: the configured base URL of the server, to which all paths are added.
    /// - Returns: JSON.
    package func encoded(publicURL: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 * 1024)
        let document: DocumentValue = [
            "openapi": "3.1.0",
            "info": ["title": .text(title), "version": "1", "description": .text(about), "license": Self.license],
            "servers": [["url": .text(PublicURL.trimmed(publicURL))]],
            "security": [["basic": []]],
            "tags": .list(groups.map(\.value)),
            "paths": paths,
            "components": [
                "schemas": .object(schemas.map { (name: $0.name, value: $0.schema.value) }),
                "securitySchemes": Self.security,
            ],
        ]
        document.write(to: &writer)
        return writer.bytes
    }

    /// Everything that some operation may refuse with.
    static func codes(of groups: [APIGroup]) -> Set<ErrorCode> {
        groups.flatMap(\.operations).reduce(into: []) { $0.formUnion($1.codes) }
    }

    private static let license: DocumentValue = ["name": "Apache-2.0", "identifier": "Apache-2.0"]

    private static let security: DocumentValue = [
        "basic": ["type": "http", "scheme": "basic"],
        "handle": [
            "type": "apiKey", "in": "header", "name": "Escapement-Handle",
            "description": "The requestHandle of a running job, where the body does not hold it.",
        ],
    ]

    private var paths: DocumentValue {
        var order: [String] = []
        var byPath: [String: [(name: String, value: DocumentValue)]] = [:]
        for group in groups {
            for operation in group.operations {
                if byPath[operation.path] == nil { order.append(operation.path) }
                byPath[operation.path, default: []].append(
                    (name: operation.method.rawValue, value: operation.value(in: group))
                )
            }
        }
        return .object(order.map { path in (name: path, value: .object(byPath[path, default: []])) })
    }
}

/// A document in each profile, made once.
struct APIDocumentEditions: Sendable {
    private let documented: APIDocument
    private let fusion: APIDocument

    init(_ make: (CompatibilityProfile) -> APIDocument) {
        documented = make(.documented)
        fusion = make(.fusion)
    }

    subscript(profile: CompatibilityProfile) -> APIDocument {
        switch profile {
        case .documented: documented
        case .fusion: fusion
        }
    }
}
