/// What was last answered to the callouts of a request in its present attempt (REST §3.5).
package struct CalloutNotes: Hashable, Sendable {
    package var preProcess: CalloutNote?
    package var postProcess: CalloutNote?

    package init() {}
}

/// What a callout answered, as it is shown.
package struct CalloutNote: Hashable, Sendable {
    /// Nil where it did not answer, or not as it should: then the message says why.
    package let status: CalloutStatus?
    /// At most `Limits.messageBytes`; nil where the answer had none.
    package let message: String?

    package init(status: CalloutStatus?, message: String?) {
        self.status = status
        self.message = message
    }

    init(_ answer: CalloutAnswer) {
        let (status, text): (CalloutStatus?, String?) =
            switch answer {
            case .proceed: (.proceed, nil)
            case .warn(let text): (.warn, text)
            case .delay(_, let text): (.delay, text)
            case .cancel(let text): (.cancel, text)
            case .businessError(let text): (.businessError, text)
            case .systemError(let text): (.systemError, text)
            case .failed(let text): (nil, text)
            }
        self.init(
            status: status,
            message: text.flatMap { $0.isEmpty ? nil : $0.bounded(toBytes: Limits.messageBytes) }
        )
    }
}

/// The answers that a callout has to choose from (runtime §9.4); raw values are those of the wire.
package enum CalloutStatus: String, CaseIterable, Hashable, Sendable {
    case proceed = "PROCEED"
    case warn = "WARN"
    case delay = "DELAY"
    case cancel = "CANCEL"
    case businessError = "BIZ_ERROR"
    case systemError = "SYSTEM_ERROR"
}
