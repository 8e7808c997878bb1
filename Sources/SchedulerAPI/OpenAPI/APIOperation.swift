import SchedulerCore

/// One operation as the OpenAPI documents describe it.
struct APIOperation: Sendable {
    enum Method: String, Sendable {
        case get, put, post, patch, delete
    }

    let method: Method
    /// From the public base URL on, with names in place of values.
    let path: String
    /// Unique in its document.
    let id: String
    let summary: String
    var about: String?
    var parameters: [APIParameter] = []
    var body: APIBody?
    var answers: [APIAnswer]
    /// Everything that it may refuse with.
    var codes: Set<ErrorCode>
    var access = Access.credentials

    /// Who is let in.
    enum Access: Sendable {
        case anybody
        case credentials
        /// Credentials, or a handle in the body.
        case handleInBody
        /// Credentials, or a handle in body or header.
        case handle
    }

    init(
        _ method: Method,
        _ path: String,
        _ id: String,
        _ summary: String,
        answers: [APIAnswer],
        codes: Set<ErrorCode> = []
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.summary = summary
        self.answers = answers
        self.codes = codes.union(APICodes.common).union(method == .get ? [] : APICodes.changing)
    }

    func about(_ text: String) -> APIOperation { changed { $0.about = text } }

    func taking(_ parameters: APIParameter...) -> APIOperation { changed { $0.parameters += parameters } }

    func taking(_ parameters: [APIParameter]) -> APIOperation { changed { $0.parameters += parameters } }

    func reading(_ schema: APISchema, example: DocumentValue? = nil) -> APIOperation {
        reading(APIBody(schema: schema, example: example))
    }

    func reading(_ body: APIBody) -> APIOperation {
        changed {
            $0.body = body
            $0.codes.formUnion(APICodes.body)
        }
    }

    func refusing(_ codes: ErrorCode...) -> APIOperation { changed { $0.codes.formUnion(codes) } }

    func refusing(_ codes: Set<ErrorCode>) -> APIOperation { changed { $0.codes.formUnion(codes) } }

    /// Answers in its own type, whatever the caller accepts.
    func always() -> APIOperation { changed { $0.codes.remove(5022) } }

    func open(to access: Access) -> APIOperation { changed { $0.access = access } }

    private func changed(_ change: (inout APIOperation) -> Void) -> APIOperation {
        var copy = self
        change(&copy)
        return copy
    }
}
