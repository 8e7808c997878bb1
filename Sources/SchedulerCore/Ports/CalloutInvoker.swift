/// Calls what a request names before and after its executable (runtime §9.4).
package protocol CalloutInvoker: Sendable {
    /// Calls once, and honours `invocation.control`: told to stop it closes the connection or cancels the task, waits
    /// at most for the grace, and returns what came of it.
    ///
    /// - Parameters:
    ///   - callout: which one.
    ///   - invocation: the attempt with its parameters.
    /// - Returns: the answer; an invoker has no other way to fail.
    func call(_ callout: Callout, _ invocation: Invocation) async -> CalloutResult
}

/// The two places of a callout. The raw value is the `handler` that it is told.
package enum Callout: String, CaseIterable, Hashable, Sendable {
    case preProcess
    case postProcess

    /// System property that names it.
    package var property: String {
        switch self {
        case .preProcess: "SYS_preProcess"
        case .postProcess: "SYS_postProcess"
        }
    }

    /// Whether its property names a URL, and not a Swift type.
    package static func isURL(_ value: String) -> Bool {
        let start = value.prefix("https://".count).lowercased()
        return start.hasPrefix("http://") || start == "https://"
    }
}

/// How a call ended.
package enum CalloutResult: Hashable, Sendable {
    case answered(CalloutAnswer)
    /// The server's own stop ended it.
    case endedByServer
}

/// For a node without callouts: each fails with a clear text.
package struct UnavailableCallouts: CalloutInvoker {
    package init() {}

    package func call(_ callout: Callout, _ invocation: Invocation) async -> CalloutResult {
        .answered(.failed(text: "Callouts are not available on this server."))
    }
}

extension JobRequest {
    /// The callout that the node which runs the request has to call next; nil where the executable is to run.
    package var dueCallout: Callout? {
        switch phase {
        case .preProcessStart: .preProcess
        case .postProcessStart: .postProcess
        default: nil
        }
    }
}
