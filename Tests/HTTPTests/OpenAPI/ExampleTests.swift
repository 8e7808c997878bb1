import HTTPTypes
import SchedulerAPI
import SchedulerCore
import StoreTesting
import Testing

/// The examples of the documents, which readers paste and viewers send.
@Suite("OpenAPI examples", .ownStores)
struct ExampleTests {
    @Test("the server reads each example of a body: what it refuses, it refuses for what there is, not for the body")
    func accepted() async throws {
        let metadata = try await MetadataServer()
        let id = try await metadata.submit("Sync")
        let values = [
            "requestId": "\(id)", "number": "1", "kind": "JobDefinition", "id": "acme/Sync", "node": "*",
            "property": "Priority",
        ]
        for api in try DescribedAPI.all(in: .documented) {
            for (template, methods) in api.operations {
                for (name, operation) in methods {
                    guard let example = try Self.example(of: operation) else { continue }
                    let reply = try await metadata.call(
                        try #require(HTTPRequest.Method(name.uppercased())),
                        values.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) },
                        body: example.text,
                        fields: [.contentType: example.type]
                    )
                    let label = operation["operationId"]?.string ?? ""
                    #expect(reply.status < 500, "\(label): \(reply.text)")
                    #expect(!Self.isFaultOfBody(reply.member("errorCode") ?? ""), "\(label): \(reply.text)")
                }
            }
        }
    }

    /// Of the first type that the body may have.
    private static func example(of operation: JSONValue) throws -> (type: String, text: String)? {
        var media = operation["requestBody"]?["content"]?.members
        guard let first = media?.next() else { return nil }
        let example = try #require(first.value["example"])
        return (first.name, example.string ?? Self.text(of: example))
    }

    private static func text(of value: JSONValue) -> String {
        switch value.kind {
        case .object: "{\(value.members.map { "\(quoted($0.name)):\(text(of: $0.value))" }.joined(separator: ","))}"
        case .array: "[\(value.elements.map(text).joined(separator: ","))]"
        case .string: quoted(value.string ?? "")
        case .null: "null"
        case .bool, .number: value.scalarText ?? ""
        }
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.value(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Malformed, absent, mistyped, out of range, contradictory, no rule.
    private static func isFaultOfBody(_ code: String) -> Bool {
        let bodies = ["ESS-00002", "ESS-00004", "ESS-05024", "ESS-11003", "ESS-30008", "ESS-30010"]
        return bodies.contains(code) || code.hasPrefix("ESS-0400") || code.hasPrefix("ESS-0500")
    }
}
