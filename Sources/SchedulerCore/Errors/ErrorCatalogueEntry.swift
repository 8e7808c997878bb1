/// What one ESS code means: its HTTP status, its text and what a person can do about it (REST §8).
package struct ErrorCatalogueEntry: Hashable, Sendable {
    package let code: ErrorCode
    /// HTTP status of an answer with this code.
    package let status: Int
    /// Message with the placeholders `{0}`, `{1}`, …, without the full stop that ends it.
    package let template: String
    /// What the placeholders stand for, in order: the arguments that a `SchedulerError` of this code must carry.
    package let argumentNames: [String]
    /// One sentence for people: how it comes about.
    package let cause: String
    /// One sentence for people: what to do about it.
    package let remedy: String

    init(
        _ code: ErrorCode,
        _ status: Int,
        _ template: String,
        _ argumentNames: [String] = [],
        cause: String,
        remedy: String
    ) {
        self.code = code
        self.status = status
        self.template = template
        self.argumentNames = argumentNames
        self.cause = cause
        self.remedy = remedy
    }

    /// Summary of the kind of error, the member `title` of an error answer (REST §2.3).
    package var title: String {
        switch status {
        case 400: Self.stateCodes.contains { $0.contains(code.number) } ? Self.unsupportedState : "Invalid input"
        case 403: "Not authorized"
        case 404: code == 1001 ? "Request ID not found" : "Not found"
        case 500: "Scheduling sub-system error"
        default: Self.reasonPhrase(status)
        }
    }

    /// The message in general form, for the page about the code: `Request <requestId> not found.`
    package var meaning: String { Self.sentence(ErrorTemplate.fill(template, with: argumentNames.map { "<\($0)>" })) }

    /// The message with the given values, ended by a full stop.
    package func message(_ arguments: [String]) -> String {
        Self.sentence(ErrorTemplate.fill(template, with: arguments.map(ErrorTemplate.shortened)))
    }

    private static func sentence(_ text: String) -> String {
        var body = Substring(text)
        while body.last == " " { body.removeLast() }
        return body.last == "." ? String(body) : body + "."
    }

    private static let unsupportedState = "Unsupported state for operation"
    /// Codes of refusals that a change of the request's state could lift (REST §2.3).
    private static let stateCodes: [ClosedRange<Int>] = [1010...1023, 1025...1029]

    /// Reason phrases of RFC 9110 §15 and RFC 6585 for the statuses of the catalogue without a title of their own.
    private static func reasonPhrase(_ status: Int) -> String {
        switch status {
        case 401: "Unauthorized"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }
}
