import SchedulerCore
import Testing

/// Callouts before and after the executable (runtime §2.1, §9.4).
@Suite("Callouts")
struct CalloutTests {
    private static let next = AttemptEpoch(42)
    private static let answers: [String: CalloutAnswer] = [
        "PROCEED": .proceed, "WARN": .warn(text: "careful"), "DELAY": .delay(nil, text: "later"),
        "CANCEL": .cancel(text: nil), "BIZ": .businessError(text: nil), "SYSTEM": .systemError(text: "down"),
        "FAILED": .failed(text: "no answer"),
    ]

    /// RUNNING in its pre-processing.
    private static func called(_ change: (inout JobRequest) -> Void = { _ in }) throws -> JobRequest {
        let waiting = RequestShape.wait.request { request in
            request.policy.hasPreProcess = true
            request.firstStartTime = nil
            change(&request)
        }
        return try RequestMachine.change(.start(epoch: next, node: RequestShape.node, processor: "a"), waiting).request
    }

    private static func cancelled(_ request: JobRequest) throws -> JobRequest {
        try RequestMachine.change(.cancel, request).request
    }

    /// COMPLETED in its post-processing.
    private static func completed(
        _ end: ExecutableOutcome = .success,
        _ change: (inout JobRequest) -> Void = { _ in }
    ) throws -> JobRequest {
        let running = RequestShape.synchronous.request { request in
            request.policy.hasPostProcess = true
            change(&request)
        }
        return try RequestMachine.change(.executableEnded(end), running).request
    }

    /// State, cause and error type after each answer.
    private static func ends(
        of request: JobRequest,
        _ event: (CalloutAnswer) -> RequestEvent
    ) throws -> [String: String] {
        try answers.mapValues { answer in
            let after = try RequestMachine.change(event(answer), request).request
            return [after.state.rawValue, after.cause.rawValue, after.errorType?.rawValue].compactMap { $0 }
                .joined(separator: " ")
        }
    }

    @Test("Every answer of pre-processing in RUNNING leads where the table says, with its cause")
    func preProcessCells() throws {
        #expect(
            try Self.ends(of: Self.called { $0.policy.retries = 0 }, { .preProcessed($0) }) == [
                "PROCEED": "RUNNING NON_TERMINAL", "WARN": "RUNNING NON_TERMINAL", "DELAY": "WAIT NON_TERMINAL",
                "CANCEL": "CANCELLED PREPROCESS_INITIATE_CANCEL", "BIZ": "ERROR PREPROCESS_BIZ_ERROR BUSINESS",
                "SYSTEM": "ERROR PREPROCESS_SYSTEM_ERROR SYSTEM", "FAILED": "ERROR PREPROCESS_ERROR SYSTEM",
            ]
        )
        let retried = try Self.ends(of: Self.called(), { .preProcessed($0) })
        #expect(retried["SYSTEM"] == "ERROR_AUTO_RETRY NON_TERMINAL" && retried["FAILED"] == retried["SYSTEM"])
        #expect(retried["BIZ"] == "ERROR PREPROCESS_BIZ_ERROR BUSINESS")
    }

    @Test("Every answer of pre-processing in CANCELLING ends the request")
    func preProcessCancelling() throws {
        #expect(
            try Self.ends(of: Self.cancelled(Self.called()), { .preProcessed($0) }) == [
                "PROCEED": "CANCELLED OPERATOR_CANCEL", "WARN": "CANCELLED OPERATOR_CANCEL",
                "DELAY": "CANCELLED OPERATOR_CANCEL", "CANCEL": "CANCELLED PREPROCESS_CANCEL",
                "BIZ": "ERROR PREPROCESS_BIZ_ERROR BUSINESS", "SYSTEM": "ERROR PREPROCESS_SYSTEM_ERROR SYSTEM",
                "FAILED": "ERROR PREPROCESS_ERROR SYSTEM",
            ]
        )
    }

    @Test("Every answer of post-processing in COMPLETED and in CANCELLING leads where the table says")
    func postProcessCells() throws {
        let ends = try Self.ends(of: Self.completed(), { .postProcessed($0) })
        #expect(
            ends == [
                "PROCEED": "SUCCEEDED PROCESS_SUCCESS", "WARN": "WARNING POSTPROCESS_WARNING",
                "DELAY": "COMPLETED NON_TERMINAL", "CANCEL": "CANCELLED POSTPROCESS_CANCEL",
                "BIZ": "ERROR POSTPROCESS_BIZ_ERROR BUSINESS", "SYSTEM": "ERROR POSTPROCESS_SYSTEM_ERROR SYSTEM",
                "FAILED": "ERROR POSTPROCESS_ERROR SYSTEM",
            ]
        )
        let warned = try Self.ends(of: Self.completed(.warning(text: "w")), { .postProcessed($0) })
        #expect(warned["PROCEED"] == "WARNING PROCESS_WARNING")
        #expect(
            try Self.ends(of: Self.cancelled(Self.completed()), { .postProcessed($0) }) == [
                "PROCEED": "CANCELLED OPERATOR_CANCEL", "WARN": "CANCELLED OPERATOR_CANCEL",
                "DELAY": "CANCELLED OPERATOR_CANCEL", "CANCEL": "CANCELLED POSTPROCESS_CANCEL",
                "BIZ": "ERROR POSTPROCESS_BIZ_ERROR BUSINESS", "SYSTEM": "ERROR POSTPROCESS_SYSTEM_ERROR SYSTEM",
                "FAILED": "ERROR POSTPROCESS_ERROR SYSTEM",
            ]
        )
    }

    @Test("Answers that nobody waits for are dropped, whatever the request looks like")
    func stray() {
        for shape in RequestShape.allCases {
            #expect(RequestMachine.decide(.preProcessed(.proceed), for: shape.request()) == .dropped(.cannotArise))
            guard shape != .completed else { continue }
            #expect(RequestMachine.decide(.postProcessed(.proceed), for: shape.request()) == .dropped(.cannotArise))
        }
    }

    @Test("While a callout runs, nothing else of the executable can arrive, and its run time is not bounded")
    func nothingElse() throws {
        let called = try Self.called { request in
            request.policy.timeoutAction = .fail
            request.policy.requestTimeout = .seconds(60)
        }
        #expect(called.phase == .preProcessStart && called.owner == RequestShape.node && called.epoch == Self.next)
        #expect(called.firstStartTime == nil && called.nextTimer == nil && !called.canBeCompleted)
        for request in [called, try Self.completed()] {
            for event in [
                RequestEvent.executableEnded(.success), .processPrepared(RequestShape.identity),
                .asynchronousStartAccepted(externalID: nil),
            ] {
                #expect(RequestMachine.decide(event, for: request) == .dropped(.cannotArise))
            }
        }
        let begun = RequestShape.now + .seconds(10)
        var running = try RequestMachine.change(.preProcessed(.proceed), called, at: begun).request
        // As one that answers at once.
        running.isAsynchronous = false
        #expect(running.phase == .executeInitiate && running.firstStartTime == begun && running.epoch == Self.next)
        #expect(running.nextTimer?.kind == .timeout && running.nextTimer?.time == begun + .seconds(60))
        #expect(running.elapsedMilliseconds == 10_000)
    }

    @Test("DELAY before the executable: WAIT in the same attempt until its time, able to expire, then called again")
    func preProcessDelay() throws {
        let called = try Self.called { $0.policy.requestExpiration = .seconds(7200) }
        let delayed = try RequestMachine.change(.preProcessed(.delay(.seconds(120), text: "later")), called).request
        #expect(delayed.state == .wait && delayed.phase == .preProcessDelayed && delayed.attempt == called.attempt)
        #expect(delayed.owner == nil && delayed.handleStatus == .closed && delayed.retriedCount == 0)
        #expect(delayed.dispatchTime == RequestShape.now + .seconds(120) && delayed.message?.text == "later")
        #expect(delayed.nextTimer?.kind == .expiration)
        let early = RequestEvent.start(epoch: AttemptEpoch(43), node: RequestShape.node, processor: "b")
        #expect(RequestMachine.decide(early, for: delayed) == .dropped(.cannotArise))
        let again = try RequestMachine.change(early, delayed, at: RequestShape.now + .seconds(120)).request
        #expect(again.phase == .preProcessStart && again.attempt == called.attempt && again.notBefore == nil)
        let standard = try RequestMachine.change(.preProcessed(.delay(nil, text: nil)), called).request
        #expect(standard.notBefore == RequestShape.now + .seconds(300))
        let none = try RequestMachine.change(.preProcessed(.delay(.zero, text: nil)), called).request
        #expect(none.notBefore == RequestShape.now + Limits.calloutPauseMin)
    }

    @Test("WARN before the executable turns its success into WARNING, in that attempt alone")
    func preProcessWarning() throws {
        var request = try RequestMachine.change(.preProcessed(.warn(text: "careful")), Self.called()).request
        #expect(request.isWarned && request.message?.text == "careful")
        let done = try RequestMachine.change(.executableEnded(.success), request).request
        #expect(done.state == .warning && done.cause == .processWarning && done.executableState == .succeeded)
        request = try RequestMachine.change(.executableEnded(.systemError("x")), request).request
        request = try RequestMachine.change(.timer, request, at: request.retryTime ?? RequestShape.now).request
        #expect(!request.isWarned && request.attempt == 2)
    }

    @Test("A set calls before its steps, holding a thread only for that")
    func jobSet() throws {
        var submission = Submission(facts: RequestShape.facts())
        submission.facts.executor = nil
        submission.facts.jobTypeID = nil
        submission.facts.executionMode = .serial
        submission.policy.hasPreProcess = true
        submission.policy.hasPostProcess = true
        let lineage = Lineage.root(.jobSetSingleton, id: RequestID(7))
        var set = JobRequest(lineage: lineage, submission: submission, now: RequestShape.submitted)
        set = try RequestMachine.change(.start(epoch: Self.next, node: RequestShape.node, processor: "a"), set).request
        #expect(set.phase == .preProcessStart && set.owner == RequestShape.node)
        set = try RequestMachine.change(.preProcessed(.proceed), set).request
        #expect(set.phase == .jobSetExecuteStepsWait && set.owner == nil && set.firstStartTime == RequestShape.now)
        set = try RequestMachine.change(.familyChanged(FamilyNews()), set).request
        #expect(set.state == .completed && set.owner == nil && set.dispatchTime == set.scheduledTime)
        let node = NodeID("node-b")
        set = try RequestMachine.change(.postProcess(epoch: AttemptEpoch(50), node: node, processor: "b"), set).request
        #expect(set.owner == node && set.phase == .postProcessStart)
        #expect(try RequestMachine.change(.postProcessed(.proceed), set).request.state == .succeeded)
    }

    @Test("Post-processing follows on the same thread after an executable, on any node after a report")
    func whoCalls() throws {
        let completed = try Self.completed()
        #expect(completed.owner == RequestShape.node && completed.epoch == RequestShape.epoch)
        #expect(completed.phase == .postProcessStart && completed.handleStatus == .closed)
        #expect(completed.dispatchTime == nil && completed.process == nil)
        for shape in RequestShape.waitingForAnswer {
            let waiting = shape.request { $0.policy.hasPostProcess = true }
            let reported = try RequestMachine.change(
                .report(.success, text: nil, handle: RequestShape.epoch),
                waiting
            ).request
            #expect(reported.state == .completed && reported.owner == nil)
            #expect(reported.dispatchTime == reported.scheduledTime, "due post-processing is a candidate")
        }
    }

    @Test("What an operator completed keeps PROCESS_RECOVER through post-processing")
    func completedByHand() throws {
        let waiting = RequestShape.waiting.request { $0.policy.hasPostProcess = true }
        var request = try RequestMachine.change(.complete(.success, text: nil), waiting).request
        #expect(request.state == .completed && request.handleStatus == .dead)
        let take = RequestEvent.postProcess(epoch: Self.next, node: RequestShape.node, processor: "a")
        request = try RequestMachine.change(take, request).request
        request = try RequestMachine.change(.postProcessed(.proceed), request).request
        #expect(request.state == .succeeded && request.cause == .processRecover)
    }

    @Test("I60: a lost callout is repeated by another node under a new epoch, and nothing is executed again")
    func lostCallout() throws {
        let lost = try RequestMachine.change(.nodeLost(reason: .leaseExpired), Self.completed()).request
        #expect(lost.state == .completed && lost.owner == nil && lost.executableState == .succeeded)
        let node = NodeID("node-b")
        let start = RequestEvent.start(epoch: Self.next, node: node, processor: "b")
        #expect(RequestMachine.decide(start, for: lost) == .dropped(.cannotArise))
        let take = RequestEvent.postProcess(epoch: Self.next, node: node, processor: "b")
        let taken = try RequestMachine.change(take, lost).request
        #expect(taken.epoch == Self.next && taken.owner == node && taken.processor == "b")
        #expect(RequestMachine.decide(take, for: taken) == .dropped(.cannotArise), "one node at a time")
        #expect(try RequestMachine.change(.postProcessed(.proceed), taken).request.state == .succeeded)
        let before = try RequestMachine.change(.nodeLost(reason: .leaseExpired), Self.called()).request
        #expect(before.state == .errorAutoRetry)
    }

    @Test("DELAY after the executable: COMPLETED until its time, then due for any node; a cancel between ends at once")
    func postProcessDelay() throws {
        let delayed = try RequestMachine.change(
            .postProcessed(.delay(.seconds(60), text: "later")),
            Self.completed()
        ).request
        #expect(delayed.state == .completed && delayed.phase == .postProcessDelayed && delayed.owner == nil)
        #expect(delayed.dispatchTime == nil && delayed.message?.text == "later")
        let due = RequestShape.now + .seconds(60)
        #expect(delayed.nextTimer?.kind == .postProcess && delayed.nextTimer?.time == due)
        let ready = try RequestMachine.change(.timer, delayed, at: due).request
        #expect(ready.dispatchTime == ready.scheduledTime && ready.nextTimer == nil)
        for request in [delayed, ready] {
            let ended = try Self.cancelled(request)
            #expect(ended.state == .cancelled && ended.cause == .operatorCancel)
        }
    }

    @Test("Success in CANCELLING is not post-processed, and without callouts nothing changes")
    func notCalled() throws {
        let cancelling = RequestShape.cancellingSynchronous.request { $0.policy.hasPostProcess = true }
        let ended = try RequestMachine.change(.executableEnded(.success), cancelling).request
        #expect(ended.state == .cancelled && ended.executableState == .succeeded)
        let failed = try Self.completed(.businessError(text: "no"))
        #expect(failed.state == .error)
        let plain = try RequestMachine.change(.executableEnded(.success), RequestShape.synchronous.request())
        #expect(plain.request.state == .succeeded && plain.steps.map(\.to) == [.completed, .succeeded])
    }
}
