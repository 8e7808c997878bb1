import HTTPTypes
import SchedulerAPI
import SchedulerCore
import StoreTesting
import Testing

/// The examples of the documents, which readers paste and viewers send.
@Suite("OpenAPI examples", .ownStores)
struct ExampleTests {
    /// What the examples are refused with where they need more than is there: a job's handle, a state, an object.
    private static let refusals = [
        "checkInCancelling": "ESS-02005", "reportExecutionStatus": "ESS-02005", "completeRequest": "ESS-01027",
        "recoverRequest": "ESS-01026", "replaceSchedule": "ESS-01019", "submitRequest": "ESS-03001",
        "bindAssignment": "ESS-30001",
    ]

    @Test("the server takes each example of a body, or refuses it for what there is, and not for what it says")
    func accepted() async throws {
        var seen: Set<String> = []
        for api in try DescribedAPI.all(in: .documented) {
            for (path, methods) in api.operations {
                for (method, operation) in methods {
                    guard let example = try Self.example(of: operation) else { continue }
                    let id = try #require(operation["operationId"]?.string)
                    seen.insert(id)
                    try await Self.expectTaken(example, id, try #require(.init(method.uppercased())), path)
                }
            }
        }
        #expect(seen.isSuperset(of: Self.refusals.keys) && seen.count > 20)
    }

    /// Each example is for a server of its own, so that none depends on another.
    private static func expectTaken(
        _ example: (type: String, text: String),
        _ operation: String,
        _ method: HTTPRequest.Method,
        _ template: String
    ) async throws {
        let metadata = try await MetadataServer()
        let values = [
            "requestId": "\(try await metadata.submit("Sync"))", "kind": "JobDefinition", "name": "ledger", "node": "*",
            "id": operation == "putObject" ? "acme/Hello" : "acme/Sync", "property": "Priority",
        ]
        let path = values.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) }
        #expect(!path.contains("{"), "\(path)")
        var fields: HTTPFields = [.contentType: example.type]
        if operation == "putObject" { fields[.ifNoneMatch] = "*" }
        let reply = try await metadata.call(method, path, body: example.text, fields: fields)
        if let refusal = refusals[operation] {
            #expect(reply.member("errorCode") == refusal, "\(operation): \(reply.text)")
        } else {
            #expect((200..<300).contains(reply.status), "\(operation): \(reply.text)")
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
}
