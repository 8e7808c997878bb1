import SchedulerAPI
import Testing

/// An OpenAPI document of the server, as a client reads it.
struct DescribedAPI: Sendable {
    let json: JSONValue

    /// Operations by path and method in lower case.
    let operations: [String: [String: JSONValue]]

    init(_ document: APIDocument) throws {
        json = try JSONReader.read(document.encoded(publicURL: TestServer.publicURL))
        let paths = try #require(json["paths"])
        var operations: [String: [String: JSONValue]] = [:]
        for path in paths.members {
            operations[path.name] = Dictionary(uniqueKeysWithValues: path.value.members.map { ($0.name, $0.value) })
        }
        self.operations = operations
    }

    /// Both documents, by profile.
    static func all(in profile: CompatibilityProfile) throws -> [DescribedAPI] {
        [
            try DescribedAPI(ESSDocument.document(in: profile)),
            try DescribedAPI(AdministrationDocument.document(in: profile)),
        ]
    }

    var schemas: [String: JSONValue] {
        let members = json["components"]?["schemas"].map { Array($0.members) } ?? []
        return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    }

    func schema(_ name: String) throws -> JSONValue { try #require(schemas[name], "\(name)") }

    /// Names of the members of a schema.
    func members(of name: String) throws -> Set<String> {
        Set(try #require(try schema(name)["properties"]).members.map(\.name))
    }

    /// Values of the member `enum` of a schema or of one of its members.
    static func values(_ schema: JSONValue?) -> Set<String> {
        Set(schema?["enum"]?.elements.compactMap(\.string) ?? [])
    }
}
