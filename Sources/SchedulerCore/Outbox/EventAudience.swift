/// Who hears of the events of a request (runtime §9.5, REST §5.8). Kept on the request, so that a change of one that
/// nobody listens to asks the store for nothing and writes nothing.
package struct EventAudience: Hashable, Sendable {
    /// It has a callback subscription of its own.
    package var hasCallback = false
    /// It is an instance, and its recurring parent has a callback subscription.
    package var hasParentCallback = false
    /// Its parameters name a listener.
    package var hasListener = false
    /// Entries of the outbox that it has made so far: the number of the newest.
    package var entries = 0

    package init() {}

    /// The audience of a request that is made of a submission.
    init(_ submission: Submission) {
        hasCallback = submission.callback != nil
        hasListener = EventListener.target(in: submission.parameters) != nil
    }

    package var isEmpty: Bool { !hasCallback && !hasParentCallback && !hasListener }
}

/// `SYS_listener`: who hears of everything that happens to a request.
package enum EventListener {
    package static let property = "SYS_listener"

    /// What the parameters name: an http(s) URL or a Swift type; nil if there is none.
    package static func target(in parameters: [Parameter]) -> String? {
        // Parameters without scope are those of the request itself; the last of equals counts.
        let named = parameters.last { $0.name == property && $0.scope == nil }
        return named?.value.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension JobRequest {
    /// Whether a change that led to this value may have put something into the outbox.
    package var mayHaveTold: Bool {
        let audience = kinship.audience
        return audience.hasListener || (state.isTerminal && !audience.isEmpty)
    }
}
