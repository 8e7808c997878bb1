import SchedulerCore
import Testing

/// cancel, hold, release, delete, recover, complete (runtime §3).
struct ControlTests {
    @Test("C37: cancel of what does not execute is final, with its cause")
    func cancelPending() throws {
        for shape in [RequestShape.wait, .ready, .blocked, .hold, .pendingValidation, .errorAutoRetry] {
            let decision = try RequestMachine.change(.cancel, shape.request())
            #expect(decision.request.cause == .operatorCancel, "\(shape)")
            #expect(decision.request.completedTime == RequestShape.now, "\(shape)")
            #expect(decision.effects.isEmpty, "\(shape)")
            #expect(decision.request.cancelInitiatedTime == nil, "\(shape)")
        }
        let recovered = try RequestMachine.change(.cancel, RequestShape.errorManualRecovery.request())
        #expect(recovered.request.cause == .recoverCancel)
    }

    @Test("Cancel of running code asks it to end, within the grace of its definition")
    func cancelRunning() throws {
        for shape in [RequestShape.synchronous, .initiating, .completed] {
            let request = shape.request { $0.policy.cancelGrace = .seconds(3) }
            let decision = try RequestMachine.change(.cancel, request)
            #expect(decision.effects == [.stopAttempt(RequestShape.epoch, .cancel, grace: .seconds(3))], "\(shape)")
            #expect(decision.request.cancelInitiatedTime == RequestShape.now, "\(shape)")
            #expect(decision.request.stopReason == .cancel, "\(shape)")
            #expect(decision.request.owner == RequestShape.node, "\(shape)")
            #expect(decision.request.handleStatus == request.handleStatus, "\(shape)")
        }
    }

    @Test("Cancel between two calls of post-processing ends at once")
    func cancelBetweenCalls() throws {
        let decision = try RequestMachine.change(.cancel, RequestShape.completed.request { $0.owner = nil })
        #expect(decision.request.state == .cancelled && decision.request.previousState == .cancelling)
        #expect(decision.effects.isEmpty)
    }

    @Test("Cancel of an asynchronous wait calls the remote job until it answers, with growing pauses")
    func cancelWaiting() throws {
        var request = RequestShape.waiting.request(hasCancelCall: true)
        request = try RequestMachine.change(.cancel, request).request
        #expect(request.nextTimer?.kind == .cancelCall && request.nextTimer?.time == RequestShape.now)
        var now = RequestShape.now
        var pauses: [Int64] = []
        for count in 1...12 {
            let decision = try RequestMachine.change(.timer, request, at: now)
            #expect(decision.effects == [.callCancel(RequestShape.epoch)])
            #expect(decision.request.cancelCalls == count)
            request = decision.request
            let next = try #require(request.nextCancelCall)
            pauses.append((next - now).wholeMilliseconds / 1000)
            #expect(RequestMachine.decide(.timer, for: request, at: next + .milliseconds(-1)) == .dropped(.cannotArise))
            now = next
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        let answered = try RequestMachine.change(.cancelCallAnswered, request, at: now).request
        #expect(answered.nextTimer == nil && answered.state == .cancelling)
        #expect(RequestMachine.decide(.cancelCallAnswered, for: answered, at: now) == .dropped(.cannotArise))
    }

    @Test("Without a cancel call nothing is called, and the request waits for its report")
    func cancelWaitingSilently() throws {
        let decision = try RequestMachine.change(.cancel, RequestShape.waiting.request())
        #expect(decision.effects.isEmpty && decision.request.nextTimer == nil)
        #expect(decision.request.awaitsAsynchronousAnswer)
    }

    @Test("A start that is accepted in CANCELLING is followed by the cancel call")
    func cancelInitiating() throws {
        let request = RequestShape.cancellingInitiating.request(hasCancelCall: true)
        let waiting = try RequestMachine.change(.asynchronousStartAccepted(externalID: "e-1"), request).request
        #expect(waiting.state == .cancelling && waiting.awaitsAsynchronousAnswer && waiting.owner == nil)
        #expect(waiting.nextCancelCall == RequestShape.now && waiting.externalID == "e-1")
    }

    @Test("Cancel of a suspended request waits for its answer; of one paused for sub-requests it ends with the last")
    func cancelPaused() throws {
        let suspended = try RequestMachine.change(
            .cancel,
            RequestShape.suspended.request(hasCancelCall: true)
        ).request
        #expect(suspended.state == .cancelling && suspended.phase == .executeAsyncWait)
        #expect(suspended.awaitsAsynchronousAnswer && suspended.nextCancelCall == RequestShape.now)

        let paused = try RequestMachine.change(
            .cancel,
            RequestShape.resumeQueued.request(hasCancelCall: true)
        )
        #expect(paused.request.state == .cancelled && paused.request.previousState == .cancelling)
        #expect(paused.request.cause == .operatorCancel && paused.effects == [.callCancel(RequestShape.epoch)])
    }

    @Test("C38, C56: cancel in CANCELLING changes nothing")
    func cancelTwice() {
        for shape in [RequestShape.cancellingSynchronous, .cancellingInitiating, .cancellingWaiting] {
            #expect(RequestMachine.decide(.cancel, for: shape.request()) == .unchanged)
        }
    }

    @Test("C40: hold forgets READY, release leads to WAIT and leaves the due time alone")
    func holdAndRelease() throws {
        let ready = RequestShape.ready.request { $0.readyTime = RequestShape.begun }
        let held = try RequestMachine.change(.hold, ready).request
        #expect(held.readyTime == nil && held.dispatchTime == nil && held.nextTimer == nil)
        let released = try RequestMachine.change(.release, held).request
        #expect(released.dispatchTime == ready.scheduledTime)
    }

    @Test("C36, I25: only terminal roots are deleted")
    func delete() throws {
        for shape in RequestShape.terminal {
            let deleted = try RequestMachine.change(.delete, shape.request())
            #expect(deleted.request.deletedTime == RequestShape.now && deleted.steps.isEmpty)
        }
        let submission = Submission(facts: RequestShape.facts())
        let set = JobRequest(
            lineage: .root(.jobSetSingleton, id: RequestID(5)),
            submission: submission,
            now: RequestShape.submitted
        )
        let lineage = try Lineage.child(.jobSetStep, of: set, id: RequestID(8), step: "load")
        var child = JobRequest(lineage: lineage, submission: submission, now: RequestShape.submitted)
        child.state = .succeeded
        #expect(RequestMachine.decide(.delete, for: child) == .refused(SchedulerError(1017, "8", "JOBSET_STEP")))
    }

    @Test("Manual recovery tells the executable's wish from the server's")
    func recover() throws {
        let wished = RequestShape.errorManualRecovery.request()
        let error = try RequestMachine.change(.recover(.error), wished).request
        #expect(error.cause == .processManualRecoverError && error.errorType == .system)
        let lost = RequestShape.errorManualRecovery.request { $0.handleStatus = .dead }
        #expect(try RequestMachine.change(.recover(.error), lost).request.cause == .manualRecoverError)
        #expect(try RequestMachine.change(.recover(.cancelled), wished).request.cause == .recoverCancel)
    }

    @Test("An operator's report ends the request as that report would and kills the handle")
    func complete() throws {
        for shape in RequestShape.waitingForAnswer {
            let done = try RequestMachine.change(.complete(.success, text: nil), shape.request()).request
            #expect(done.state == .succeeded && done.cause == .processRecover && done.handleStatus == .dead)
            let failed = try RequestMachine.change(.complete(.businessError, text: "no"), shape.request()).request
            #expect(failed.cause == .processRecover && failed.errorType == .business)
            let retried = try RequestMachine.change(.complete(.error, text: "no"), shape.request()).request
            #expect(retried.state == .errorAutoRetry && retried.cause == .nonTerminal)
            let late = RequestMachine.decide(.report(.success, text: nil, handle: RequestShape.epoch), for: done)
            #expect(late.code == 1052)
        }
        for shape in RequestShape.allCases {
            let isLegal = RequestMachine.decide(.complete(.success, text: nil), for: shape.request()).code == nil
            #expect(shape.request().canBeCompleted == isLegal, "isAsyncRecoverable of \(shape)")
        }
        let unknown = RequestShape.initiating.request { $0.isAsynchronous = nil }
        #expect(RequestMachine.decide(.complete(.success, text: nil), for: unknown).code == 1027)
    }
}
