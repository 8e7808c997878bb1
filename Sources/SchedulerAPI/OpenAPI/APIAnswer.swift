/// An answer other than a refusal.
struct APIAnswer: Sendable {
    let status: Int
    let about: String
    /// Schemas by media type; none for an answer without body.
    var content: [(type: String, schema: APISchema)] = []
    /// Names of header fields with their meaning.
    var fields: [(name: String, about: String)] = []
    /// Operations that go on from here: their ids, and where call and answer have what these are about.
    var links: [(name: String, operation: String, parameters: DocumentValue)] = []

    /// JSON in both types of the API.
    static func json(
        _ status: Int,
        _ about: String,
        _ schema: APISchema,
        as representation: Representation = .object
    ) -> APIAnswer {
        let content = MediaType.allCases.map { (type: $0.contentType(of: representation), schema: schema) }
        return APIAnswer(status: status, about: about, content: content)
    }

    static func empty(_ status: Int, _ about: String) -> APIAnswer { APIAnswer(status: status, about: about) }

    func carrying(_ name: String, _ about: String) -> APIAnswer {
        var copy = self
        copy.fields.append((name, about))
        return copy
    }

    /// The operations on one request that follow from this answer.
    func leading(to operations: [String], requestId expression: String) -> APIAnswer {
        leading(to: operations, ["requestId": .text(expression)])
    }

    /// The operations that follow from this answer, and the runtime expressions of their parameters (OpenAPI 3.1).
    func leading(to operations: [String], _ parameters: DocumentValue) -> APIAnswer {
        var copy = self
        copy.links += operations.map { ($0, $0, parameters) }
        return copy
    }
}
