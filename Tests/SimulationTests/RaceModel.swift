import SchedulerCore

/// What may happen to the request that the race is about.
enum RaceAction: String, CaseIterable, Hashable, Sendable {
    case report
    case forceCancelA
    case forceCancelB
    case cancel
    case checkIn
    /// The answer to the call that started the remote job.
    case startAccepted
    /// The node dies, another one starts and recovers.
    case crash
}

/// Where the request stands when the race begins.
enum RaceStart: String, CaseIterable, Hashable, Sendable {
    /// CANCELLING, its answer awaited, its clock run out.
    case forcible
    /// RUNNING, its answer awaited; forceCancel is allowed as soon as it is CANCELLING.
    case waiting
    /// RUNNING, the call that starts the job under way; forceCancel is allowed as soon as it waits in CANCELLING.
    case initiating

    /// Pause that forceCancel has to keep.
    var forceCancelAfter: Duration { self == .forcible ? .seconds(1800) : .zero }

    /// The racers: everything that can still happen, the two forced cancels alike.
    var actions: [RaceAction] {
        self == .initiating
            ? [.report, .forceCancelA, .cancel, .checkIn, .startAccepted, .crash]
            : [.report, .forceCancelA, .forceCancelB, .cancel, .checkIn, .crash]
    }
}

/// What a racer is told.
enum RaceAnswer: Hashable, Sendable {
    /// 200, with effect.
    case done
    /// 200, without effect.
    case nothing
    case refused(ErrorCode)
    /// Nobody is told: the event had no place any more.
    case dropped
    /// The store failed: the racer knows nothing.
    case fault
}

/// The race as the specification tells it (runtime §3.2, REST §5.9 and §5.10), in a few lines of its own.
struct RaceModel {
    enum State: Hashable {
        case running
        case cancelling
        case ended(by: RaceAction, RequestState)
    }

    private(set) var state: State
    private(set) var isWaiting: Bool
    /// Later of cancel and last check-in.
    private var clock: Timestamp?
    private var begun: Timestamp?
    private let after: Duration
    private let report: ReportStatus

    init(_ start: RaceStart, report: ReportStatus, cancelBegun: Timestamp) {
        state = start == .forcible ? .cancelling : .running
        isWaiting = start != .initiating
        begun = start == .forcible ? cancelBegun : nil
        clock = begun
        after = start.forceCancelAfter
        self.report = report
    }

    var winner: RaceAction? { if case .ended(let action, _) = state { action } else { nil } }

    /// The answer to the action, which takes effect now.
    mutating func perform(_ action: RaceAction, now: Timestamp) -> RaceAnswer {
        switch action {
        case .report: takeReport()
        case .forceCancelA, .forceCancelB: forceCancel(action, now)
        case .cancel: cancel(now)
        case .checkIn: checkIn(now)
        case .startAccepted: startAccepted()
        case .crash: crash()
        }
    }

    private mutating func takeReport() -> RaceAnswer {
        switch state {
        case .ended(by: .report, _): return .nothing
        case .ended: return .refused(1052)
        case .running, .cancelling:
            let isCancelling = state == .cancelling
            let outcome: RequestState =
                switch report {
                case .success: isCancelling ? .cancelled : .succeeded
                case .error: .error
                default: .cancelled
                }
            state = .ended(by: .report, outcome)
            return .done
        }
    }

    private mutating func forceCancel(_ action: RaceAction, _ now: Timestamp) -> RaceAnswer {
        guard state == .cancelling, let clock else { return .refused(1013) }
        guard isWaiting else { return .refused(1014) }
        guard now >= clock + after else { return .refused(1015) }
        state = .ended(by: action, .cancelled)
        return .done
    }

    private mutating func cancel(_ now: Timestamp) -> RaceAnswer {
        switch state {
        case .ended: return .refused(1010)
        case .cancelling: return .nothing
        case .running:
            state = .cancelling
            begun = now
            clock = now
            return .done
        }
    }

    private mutating func checkIn(_ now: Timestamp) -> RaceAnswer {
        switch state {
        case .ended: return .refused(1052)
        case .cancelling: clock = now
        case .running: break
        }
        return .done
    }

    private mutating func startAccepted() -> RaceAnswer {
        if case .ended = state { return .dropped }
        guard !isWaiting else { return .dropped }
        isWaiting = true
        return .done
    }

    /// A wait needs no node; a start under way is lost with its node, and no retry is left.
    private mutating func crash() -> RaceAnswer {
        guard !isWaiting else { return .done }
        switch state {
        case .running: state = .ended(by: .crash, .error)
        case .cancelling: state = .ended(by: .crash, .cancelled)
        case .ended: break
        }
        return .done
    }
}
