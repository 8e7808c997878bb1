import SchedulerCore

extension APIOperation {
    func value(in group: APIGroup) -> DocumentValue {
        var members: [(name: String, value: DocumentValue)] = [
            (name: "tags", value: [.text(group.name)]),
            (name: "operationId", value: .text(id)), (name: "summary", value: .text(summary)),
        ]
        if let about { members.append((name: "description", value: .text(about))) }
        if let security { members.append((name: "security", value: security)) }
        if !parameters.isEmpty { members.append((name: "parameters", value: .list(parameters.map(\.value)))) }
        if let body { members.append((name: "requestBody", value: body.value)) }
        members.append((name: "responses", value: responses))
        return .object(members)
    }

    /// Nil where the rule of the document holds.
    private var security: DocumentValue? {
        switch access {
        case .credentials: nil
        case .anybody: []
        case .handleInBody: [["basic": []], [:]]
        case .handle: [["basic": []], ["handle": []], [:]]
        }
    }

    private var responses: DocumentValue {
        let refusals = Dictionary(grouping: codes.compactMap(ErrorCatalogue.entry), by: \.status)
        let all =
            (answers + lostAnswer).map { (status: $0.status, value: $0.value) }
            + refusals.map { (status: $0.key, value: Self.refusal($0.value)) }
        return .object(all.sorted { $0.status < $1.status }.map { (name: String($0.status), value: $0.value) })
    }

    /// What a repeat is answered where the first call was carried out and its server ended before it could tell what it
    /// answered; what is about a request is answered anew.
    private var lostAnswer: [APIAnswer] {
        let mayBeRepeated = codes.isSuperset(of: APICodes.key) && path.hasPrefix("/api/v1/")
        guard mayBeRepeated, !answers.contains(where: { $0.status == 204 }) else { return [] }
        return [
            .empty(204, "Carried out before under the same `Idempotency-Key`; what it answered is not known any more.")
        ]
    }

    private static func refusal(_ entries: [ErrorCatalogueEntry]) -> DocumentValue {
        let sorted = entries.sorted { $0.code.number < $1.code.number }
        let lines = sorted.map { "- `\($0.code)` \(markdown($0.meaning))" }
        var members: [(name: String, value: DocumentValue)] = [
            (name: "description", value: .text(lines.joined(separator: "\n"))),
            (name: "x-errorCodes", value: .texts(sorted.map(\.code.description))),
        ]
        if let fields = fields(of: sorted[0].status, sorted.map(\.code)) {
            members.append((name: "headers", value: fields))
        }
        let schema: DocumentValue = ["schema": APISchema.named("SimpleExceptionDetail").value]
        let content = MediaType.allCases.map { (name: $0.errorContentType, value: schema) }
        members.append((name: "content", value: .object(content)))
        return .object(members)
    }

    /// Markdown would take `<value>` for HTML, and show nothing.
    private static func markdown(_ meaning: String) -> String {
        meaning.replacing("<", with: "`<").replacing(">", with: ">`")
    }

    private static func fields(of status: Int, _ codes: [ErrorCode]) -> DocumentValue? {
        switch status {
        case 401: ["WWW-Authenticate": APIAnswer.field("How to sign in.")]
        case 429, 503: ["Retry-After": APIAnswer.field("Seconds after which the call may be repeated.")]
        case 409 where codes.contains(1054): ["Retry-After": APIAnswer.field("Seconds, with ESS-01054 only.")]
        default: nil
        }
    }
}
