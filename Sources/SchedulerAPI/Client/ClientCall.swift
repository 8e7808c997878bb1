package import HTTPTypes
import SchedulerCore

/// A call of one operation, and how its answer is read. The calls themselves are its static members, named as the
/// operations are.
package struct ClientCall<Answer: Sendable>: Sendable {
    /// Its `operationId` in the OpenAPI documents.
    package let operation: String
    package let method: HTTPRequest.Method
    /// From the server's address on, percent-encoded.
    package let path: String
    package let query: [(name: String, value: String)]
    package private(set) var fields: HTTPFields
    package let body: [UInt8]
    /// Statuses beside 2xx that `read` knows.
    let accepted: Set<Int>
    let read: @Sendable (ClientReply) throws(ClientError) -> Answer

    init(
        _ operation: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(name: String, value: String?)] = [],
        fields: HTTPFields = [:],
        body: [UInt8] = [],
        accepting accepted: Set<Int> = [],
        read: @escaping @Sendable (ClientReply) throws(ClientError) -> Answer
    ) {
        self.operation = operation
        self.method = method
        self.path = path
        self.query = query.compactMap { item in item.value.map { (item.name, $0) } }
        self.fields = fields
        if fields[.accept] == nil { self.fields[.accept] = "application/json" }
        if !body.isEmpty, fields[.contentType] == nil { self.fields[.contentType] = "application/json" }
        self.body = body
        self.accepted = accepted
        self.read = read
    }

    /// The same call under a key: a repeat has no effect and the same answer (REST §2.6).
    ///
    /// - Parameter key: 1 to 255 visible ASCII characters.
    /// - Returns: the call.
    package func withIdempotencyKey(_ key: String) -> ClientCall {
        var call = self
        if let name = HTTPField.Name("Idempotency-Key") { call.fields[name] = key }
        return call
    }
}

extension ClientCall where Answer: AnswerView {
    init(
        _ operation: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(name: String, value: String?)] = [],
        fields: HTTPFields = [:],
        body: [UInt8] = []
    ) {
        self.init(operation, method, path, query: query, fields: fields, body: body) { reply throws(ClientError) in
            guard let json = try? JSONReader.read(reply.body), json.kind == .object else {
                throw .unreadable("is no JSON object")
            }
            return try Answer(json)
        }
    }
}

extension ClientCall where Answer == Void {
    init(
        _ operation: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(name: String, value: String?)] = [],
        fields: HTTPFields = [:],
        body: [UInt8] = []
    ) {
        self.init(operation, method, path, query: query, fields: fields, body: body) { _ in }
    }
}

extension ClientCall where Answer == [UInt8] {
    /// A call whose answer is no JSON; only refusals are.
    init(
        _ operation: String,
        _ path: String,
        query: [(name: String, value: String?)] = [],
        type: String
    ) {
        self.init(operation, .get, path, query: query, fields: [.accept: "\(type), application/json"]) { $0.body }
    }
}
