import SchedulerCore
import Testing

/// What living children change (runtime §2.1 a, §2.2, §3.1, §6).
struct FamilyTests {
    private static let children = 2

    /// A job set whose steps run: no thread, no node, no handle.
    private static func runningSet() -> JobRequest {
        RequestShape.synchronous.request(.jobSetSingleton) {
            $0.owner = nil
            $0.process = nil
            $0.isAsynchronous = nil
            $0.handleStatus = .none
            $0.phase = .jobSetExecuteStepsWait
        }
    }

    @Test("I11, I23: a running set with live steps waits for them in CANCELLING; without any it ends at once")
    func set() throws {
        let decision = try RequestMachine.change(.cancel, Self.runningSet(), children: Self.children)
        #expect(decision.request.state == .cancelling && decision.effects.isEmpty)
        #expect(decision.request.cancelInitiatedTime == RequestShape.now)
        #expect(decision.request.phase == .jobSetExecuteStepsWait && decision.request.nextTimer == nil)
        let ended = try RequestMachine.change(.cancel, Self.runningSet()).request
        #expect(ended.state == .cancelled && ended.previousState == .cancelling && ended.cause == .operatorCancel)
    }

    @Test("A timeout that cancels leaves live children their end, too")
    func timeout() throws {
        let waiting = RequestShape.waiting.request {
            $0.policy.requestTimeout = .seconds(60)
            $0.policy.timeoutAction = .cancel
        }
        let decision = try RequestMachine.change(.timer, waiting, children: Self.children)
        #expect(decision.request.state == .cancelling && decision.request.cancelCause == .processTimedOut)
    }

    @Test("I11, I23: paused for sub-requests, a cancel ends with the last of them; its cancel call goes out once")
    func paused() throws {
        let paused = RequestShape.resumeQueued.request(hasCancelCall: true) { $0.phase = .executePausedWaitForSubreq }
        let decision = try RequestMachine.change(.cancel, paused, children: Self.children)
        #expect(decision.request.state == .cancelling && decision.effects == [.callCancel(RequestShape.epoch)])
        #expect(decision.request.dispatchTime == nil && decision.request.nextTimer == nil)
        let forced = RequestMachine.decide(.forceCancel, for: decision.request, at: RequestShape.now + .seconds(99_999))
        #expect(forced.code == 1014)
        let ended = try RequestMachine.change(.cancel, paused)
        #expect(ended.request.state == .cancelled && ended.effects == [.callCancel(RequestShape.epoch)])
    }

    @Test("Note a: a recurring parent becomes CANCELLING while instances live on, else CANCELLED")
    func recurringParent() throws {
        for type in [RequestType.recurParent, .jobSetRecurParent] {
            for shape in [RequestShape.wait, .hold] {
                let parent = shape.request(type)
                let decision = try RequestMachine.change(.cancel, parent, children: Self.children)
                #expect(decision.request.state == .cancelling, "\(type) in \(shape)")
                #expect(decision.request.cancelInitiatedTime == RequestShape.now && decision.effects.isEmpty)
                let ended = try RequestMachine.change(.cancel, parent)
                #expect(ended.steps.map(\.to) == [.cancelled], "\(type) in \(shape)")
            }
        }
        // No other request in WAIT has children that could outlive it.
        let single = try RequestMachine.change(.cancel, RequestShape.wait.request(), children: Self.children).request
        #expect(single.state == .cancelled)
    }

    @Test("After the end of the schedule a cancel ends with the last instance, at once if they all end with it")
    func scheduleEnded() throws {
        let parent = RequestShape.scheduleEnded.request(.recurParent)
        let waiting = try RequestMachine.change(.cancel, parent, children: Self.children).request
        #expect(waiting.state == .cancelling)
        let ended = try RequestMachine.change(.cancel, parent)
        #expect(ended.steps.map(\.event) == [.cancel, .lastChildEnded] && ended.request.state == .cancelled)
        #expect(ended.request.cause == .operatorCancel)
    }

    @Test("I49: PAUSE queues the resume only where no sub-request lives, whoever reports it")
    func pause() throws {
        let report = RequestEvent.report(.pause, text: "half", handle: RequestShape.epoch)
        let ends: [(RequestEvent, RequestShape)] = [
            (report, .waiting), (report, .suspended), (.executableEnded(.paused(state: "half")), .synchronous),
        ]
        for (event, shape) in ends {
            let waiting = try RequestMachine.change(event, shape.request(), children: Self.children).request
            #expect(waiting.state == .paused && waiting.phase == .executePausedWaitForSubreq, "\(shape)")
            #expect(!waiting.isResumeQueued && !waiting.isSuspended && waiting.dispatchTime == nil, "\(shape)")
            #expect(waiting.pausedState == "half" && waiting.handleStatus == .closed, "\(shape)")
            #expect(RequestMachine.decide(report, for: waiting) == .unchanged, "\(shape)")
            let queued = try RequestMachine.change(event, shape.request()).request
            #expect(queued.isResumeQueued, "\(shape)")
        }
    }
}
