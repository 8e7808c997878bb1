/// The answer to a call, as far as it came.
package struct OutboundAnswer: Hashable, Sendable {
    package enum BodyEnd: Hashable, Sendable {
        case complete
        /// The body is larger than the limit of this many bytes.
        case tooLarge(limit: Int)
        case broken(String)
    }

    package let status: Int
    /// Value of the first `Retry-After`.
    package let retryAfter: String?
    /// At most the configured limit.
    package let body: [UInt8]
    package let bodyEnd: BodyEnd

    package init(status: Int, retryAfter: String? = nil, body: [UInt8] = [], bodyEnd: BodyEnd = .complete) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
        self.bodyEnd = bodyEnd
    }
}

/// No answer came; every text is safe to log and to show.
package enum OutboundFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The policy forbids the target or all its addresses.
    case denied(String)
    case unresolved(String)
    /// No connection came about: nothing was sent.
    case unreachable(String)
    /// The request was sent, at least in part.
    case broken(String)

    package var description: String {
        switch self {
        case .denied(let text), .unresolved(let text), .unreachable(let text), .broken(let text): text
        }
    }
}
