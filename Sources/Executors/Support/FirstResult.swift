import Synchronization

/// One value that somebody delivers and one task awaits; further values are ignored.
///
/// The waiting task can give up, by cancellation, without ending whoever is to deliver: that is what a task group,
/// which waits for all its children, cannot do.
final class FirstResult<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case awaited(CheckedContinuation<Value, any Error>)
        case delivered(Value)
        case abandoned
    }

    private let state = Mutex(State.empty)

    /// - Returns: false if there was a value already or nobody will take it any more.
    @discardableResult
    func deliver(_ value: Value) -> Bool {
        let (waiting, isFirst) = state.withLock { state -> (CheckedContinuation<Value, any Error>?, Bool) in
            switch state {
            case .empty:
                state = .delivered(value)
                return (nil, true)
            case .awaited(let continuation):
                state = .delivered(value)
                return (continuation, true)
            case .delivered, .abandoned:
                return (nil, false)
            }
        }
        waiting?.resume(returning: value)
        return isFirst
    }

    /// Awaits the value; at once if it is there. One task at a time.
    ///
    /// - Throws: `CancellationError` if the task was cancelled before there was a value.
    func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .empty:
                        state = .awaited(continuation)
                        return nil
                    case .delivered(let value): return .success(value)
                    case .abandoned, .awaited: return .failure(CancellationError())
                    }
                }
                if let ready { continuation.resume(with: ready) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Value, any Error>? in
                switch state {
                case .empty:
                    state = .abandoned
                    return nil
                case .awaited(let continuation):
                    state = .abandoned
                    return continuation
                case .delivered, .abandoned: return nil
                }
            }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// Gives up waiting, where nobody does yet.
    ///
    /// - Returns: the value if it is there; none will be taken later.
    func abandon() -> Value? {
        state.withLock { state in
            switch state {
            case .delivered(let value): return value
            case .empty:
                state = .abandoned
                return nil
            case .awaited, .abandoned: return nil
            }
        }
    }
}
