import SchedulerCore
import Testing

/// What a job says of itself through its handle (REST §5.9, §5.10).
struct ReportTests {
    private static let epoch = RequestShape.epoch

    private func report(_ status: ReportStatus, _ request: JobRequest, text: String? = nil) throws -> JobRequest {
        try RequestMachine.change(.report(status, text: text, handle: Self.epoch), request).request
    }

    private func code(_ status: ReportStatus, _ request: JobRequest, handle: AttemptEpoch = epoch) -> ErrorCode? {
        RequestMachine.decide(.report(status, text: nil, handle: handle), for: request).code
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        let status: ReportStatus
        let shape: RequestShape
        let state: RequestState
        let cause: Cause
        let errorType: ErrorType?
        let executable: RequestState?
        var testDescription: String { "\(status.rawValue) in \(shape.rawValue)" }
    }

    /// Outcome of every final report, from every shape that may report (runtime §1.4, §1.5, §3.1).
    static let endings: [Ending] = {
        var all: [Ending] = []
        for shape in RequestShape.waitingForAnswer {
            all += [
                Ending(.success, shape, .succeeded, .processSuccess, nil, .succeeded),
                Ending(.warning, shape, .warning, .processWarning, nil, .warning),
                Ending(.error, shape, .error, .processSystemError, .system, .error),
                Ending(.businessError, shape, .error, .processBusinessError, .business, .error),
                Ending(.cancel, shape, .cancelled, .processCancel, nil, .cancelled),
            ]
        }
        for shape in [RequestShape.cancellingInitiating, .cancellingWaiting] {
            all += [
                Ending(.success, shape, .cancelled, .operatorCancel, nil, .succeeded),
                Ending(.warning, shape, .cancelled, .operatorCancel, nil, .warning),
                Ending(.error, shape, .error, .processSystemError, .system, .error),
                Ending(.businessError, shape, .error, .processBusinessError, .business, .error),
                Ending(.cancel, shape, .cancelled, .processCancel, nil, .cancelled),
                Ending(.pause, shape, .cancelled, .operatorCancel, nil, nil),
                Ending(.suspend, shape, .cancelled, .operatorCancel, nil, nil),
            ]
        }
        return all
    }()

    @Test("C48: every final report gives its state, cause, error type and executable state", arguments: endings)
    func ending(_ ending: Ending) throws {
        let request = ending.shape.request { $0.policy.retries = 0 }
        let after = try report(ending.status, request, text: "what was said")
        #expect(after.state == ending.state)
        #expect(after.cause == ending.cause)
        #expect(after.errorType == ending.errorType)
        #expect(after.executableState == ending.executable)
        #expect(after.handleStatus == .closed)
        #expect(after.completedTime == RequestShape.now)
        #expect(after.isAsynchronous == true)
        let isTextKept: Bool = [.warning, .error, .businessError].contains(ending.status)
        #expect(after.message?.text == (isTextKept ? "what was said" : nil))
    }

    @Test("C50: an accepted final report may be repeated for ever, also after a newer attempt began")
    func repetition() throws {
        for status in ReportStatus.allCases where status.isFinal(cancelling: false) {
            var request = RequestShape.waiting.request()
            request = try report(status, request)
            let repeated = RequestEvent.report(status, text: "again", handle: Self.epoch)
            #expect(RequestMachine.decide(repeated, for: request) == .unchanged)
            // Another one is late: the handle is closed.
            let other: ReportStatus = status == .success ? .error : .success
            #expect(code(other, request) == 1022)
            request.epoch = AttemptEpoch(90)
            request.handleStatus = .live
            #expect(RequestMachine.decide(repeated, for: request) == .unchanged)
            #expect(code(other, request) == 1052)
        }
    }

    @Test("C50: in CANCELLING PAUSE and SUSPEND are final and may be repeated as such")
    func repeatedPauseInCancelling() throws {
        for status in [ReportStatus.pause, .suspend] {
            let request = try report(status, RequestShape.cancellingWaiting.request())
            #expect(request.state == .cancelled)
            #expect(RequestMachine.decide(.report(status, text: nil, handle: Self.epoch), for: request) == .unchanged)
        }
    }

    @Test("Accepted reports are remembered up to a bound, the newest of them")
    func acceptedReportsAreBounded() throws {
        var request = RequestShape.waiting.request { $0.policy.retries = 1000 }
        for number in 0..<(Limits.acceptedReportsKept + 10) {
            let epoch = AttemptEpoch(Int64(100 + number))
            request.state = .running
            request.epoch = epoch
            request.handleStatus = .live
            request.phase = .executeAsyncWait
            request = try RequestMachine.change(.report(.error, text: nil, handle: epoch), request).request
        }
        #expect(request.acceptedReports.count == Limits.acceptedReportsKept)
        #expect(request.acceptedReports.last?.epoch == request.epoch)
    }

    @Test("C49: the status of the handle decides before the state does")
    func handleStatus() {
        for status in ReportStatus.allCases {
            for shape in RequestShape.allCases {
                let dead = shape.request { $0.handleStatus = .dead }
                #expect(code(status, dead) == 1052, "\(status) in \(shape)")
                let older = shape.request()
                #expect(code(status, older, handle: AttemptEpoch(40)) == 1052, "\(status) in \(shape)")
                let fresh = shape.request {
                    $0.epoch = nil
                    $0.handleStatus = .none
                }
                #expect(code(status, fresh) == 1052, "\(status) in \(shape)")
                guard shape.state != .paused else { continue }
                let closed = shape.request { $0.handleStatus = .closed }
                #expect(code(status, closed) == 1022, "\(status) in \(shape)")
            }
        }
    }

    @Test("C51, C75: checking in needs the live handle of the newest invocation")
    func checkInHandles() {
        for shape in RequestShape.allCases {
            for status in HandleStatus.allCases {
                let request = shape.request { $0.handleStatus = status }
                let verdict = RequestMachine.decide(.checkIn(handle: Self.epoch), for: request)
                let may = status == .live && [.running, .paused, .cancelling].contains(shape.state)
                #expect(verdict.code == (may ? nil : 1052), "\(shape), handle \(status)")
            }
            let late = RequestMachine.decide(.checkIn(handle: AttemptEpoch(40)), for: shape.request())
            #expect(late.code == 1052)
        }
    }

    @Test("A refused report names id, state and status")
    func refusalText() {
        let verdict = RequestMachine.decide(
            .report(.update, text: nil, handle: Self.epoch),
            for: RequestShape.succeeded.request()
        )
        #expect(verdict == .refused(SchedulerError(1022, "7", "SUCCEEDED", "UPDATE")))
    }

    @Test("A report that overtakes the answer to the start call counts, and that answer is ignored")
    func overtaking() throws {
        let updated = try report(.update, RequestShape.initiating.request())
        #expect(updated.phase == .executeAsyncWait && updated.owner == nil && updated.waitTime == RequestShape.now)
        let accepted = RequestEvent.asynchronousStartAccepted(externalID: "late")
        #expect(RequestMachine.decide(accepted, for: updated) == .dropped(.cannotArise))
        let failed = RequestEvent.executableEnded(.systemError("connection lost"))
        #expect(RequestMachine.decide(failed, for: updated) == .dropped(.cannotArise))

        let ended = try report(.success, RequestShape.initiating.request())
        #expect(RequestMachine.decide(accepted, for: ended) == .dropped(.cannotArise))
        #expect(RequestMachine.decide(failed, for: ended) == .dropped(.cannotArise))
    }

    @Test("A Swift job whose mode is unknown may report while it initiates")
    func unknownMode() throws {
        let request = RequestShape.initiating.request { $0.isAsynchronous = nil }
        #expect(try report(.success, request).state == .succeeded)
        #expect(code(.success, RequestShape.initiating.request { $0.isAsynchronous = false }) == 1022)
    }

    @Test("UPDATE and check-in set the check-in, never back")
    func checkInNeverGoesBack() throws {
        let later = RequestShape.now + .seconds(5)
        for event in [RequestEvent.checkIn(handle: Self.epoch), .report(.update, text: nil, handle: Self.epoch)] {
            let first = try RequestMachine.change(event, RequestShape.cancellingWaiting.request()).request
            #expect(first.lastCheckIn == RequestShape.now)
            let second = try RequestMachine.change(
                event,
                RequestShape.cancellingWaiting.request { $0.lastCheckIn = later }
            ).request
            #expect(second.lastCheckIn == later)
        }
    }
}

extension ReportTests.Ending {
    fileprivate init(
        _ status: ReportStatus,
        _ shape: RequestShape,
        _ state: RequestState,
        _ cause: Cause,
        _ errorType: ErrorType?,
        _ executable: RequestState?
    ) {
        self.init(
            status: status,
            shape: shape,
            state: state,
            cause: cause,
            errorType: errorType,
            executable: executable
        )
    }
}
