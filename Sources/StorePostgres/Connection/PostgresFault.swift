import PostgresClient
import SchedulerCore

/// What went wrong, in the words of the port.
enum PostgresFault {
    /// Any error as a fault of the store; refusals of the core do not come here.
    static func fault(_ error: any Error) -> StoreFault {
        switch error {
        case let fault as StoreFault: fault
        case let error as PostgresError:
            StoreFault(error.description, kind: error.kind == .unavailable ? .unavailable : .failed)
        default: StoreFault("unexpected error in the PostgreSQL store: \(type(of: error))")
        }
    }

    /// The server did not answer a COMMIT any more. Whoever repeats the call is decided anew against what is stored.
    static func unknownOutcome(_ error: PostgresError) -> StoreFault {
        StoreFault("the connection was lost while committing; whether the call took effect is unknown: \(error)")
    }

    static let closed = StoreFault("the store is closed", kind: .unavailable)
}

extension PostgresError {
    /// Whether the session is over: lost, or ended by the server, whose last words may come before the end is seen.
    var endsSession: Bool {
        switch cause {
        case .connectionLost, .closed, .notConnected: true
        default: sqlState?.code.hasPrefix("57P") == true
        }
    }
}
