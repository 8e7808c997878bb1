import HTTPTypes

/// Why a call has no answer of the kind that it was made for.
package enum ClientError: Error, Sendable {
    /// The server refused it.
    case refused(ClientRefusal)
    /// What came is no answer of this API; the text says what is missing, to stand behind "the answer".
    case unreadable(String)
}

/// A refusal (REST §2.3).
package struct ClientRefusal: Sendable {
    package let status: Int
    /// `ESS-nnnnn`; nil where something else than the server refused, such as a proxy.
    package let errorCode: String?
    /// Code and message; nil as the code is.
    package let detail: String?
    /// What has to be mended, where that is more than one place.
    package let places: [ErrorPlace]
    /// Seconds after which the call may be repeated.
    package let retryAfter: Int?

    init(_ reply: ClientReply) {
        let json = try? JSONReader.read(reply.body)
        status = reply.status
        errorCode = json?.text("errorCode")
        detail = json?.text("detail")
        places = json?.list("errors").map(ErrorPlace.init(answer:)) ?? []
        retryAfter = reply.fields[.retryAfter].flatMap { Int($0) }
    }
}
