import SchedulerCore
import Testing

/// Steps 3 to 5 and 7 of forceCancel (runtime §3.2).
struct ForceCancelTests {
    private static let after = RequestMachine.testSettings.forceCancelAfter

    private func code(_ request: JobRequest, at now: Timestamp) -> ErrorCode? {
        RequestMachine.decide(.forceCancel, for: request, at: now).code
    }

    @Test("C53: F becomes CANCELLED by OPERATOR_CANCEL, its handle is dead")
    func effect() throws {
        let request = RequestShape.cancellingWaiting.request {
            $0.cancelCause = .processTimedOut
            $0.nextCancelCall = RequestShape.now
        }
        let decision = try RequestMachine.change(.forceCancel, request)
        let after = decision.request
        #expect(after.state == .cancelled && after.previousState == .cancelling && after.cause == .operatorCancel)
        #expect(after.completedTime == RequestShape.now && after.handleStatus == .dead)
        #expect(after.executableState == nil && after.nextCancelCall == nil)
        #expect(decision.effects.isEmpty, "the job is not contacted")
        #expect(ForceCancelRule.earliestTime(after, forceCancelAfter: Self.after) == nil)
    }

    @Test("C54: one millisecond early is refused and names the instant, exactly then is allowed")
    func boundary() {
        let request = RequestShape.cancellingWaiting.request()
        let earliest = RequestShape.begun + Self.after
        let early = RequestMachine.decide(.forceCancel, for: request, at: earliest + .milliseconds(-1))
        #expect(early == .refused(SchedulerError(1015, "7", earliest.description)))
        #expect(code(request, at: earliest) == nil)
    }

    @Test("C55: a check-in or UPDATE at minute 29 moves the instant to 30 minutes after it", arguments: [true, false])
    func checkIn(byUpdate: Bool) throws {
        let minute29 = RequestShape.begun + .seconds(29 * 60)
        let event: RequestEvent =
            byUpdate
            ? .report(.update, text: nil, handle: RequestShape.epoch) : .checkIn(handle: RequestShape.epoch)
        let request = try RequestMachine.change(event, RequestShape.cancellingWaiting.request(), at: minute29).request
        #expect(code(request, at: minute29 + Self.after + .milliseconds(-1)) == 1015)
        #expect(code(request, at: minute29 + Self.after) == nil)
    }

    @Test("C56: a repeated cancel does not move it")
    func repeatedCancel() {
        let request = RequestShape.cancellingWaiting.request()
        let later = RequestShape.begun + .seconds(29 * 60)
        #expect(RequestMachine.decide(.cancel, for: request, at: later) == .unchanged)
    }

    @Test("C57: a check-in before CANCELLING does not count")
    func earlierCheckIn() throws {
        var request = RequestShape.waiting.request()
        let checkIn = RequestEvent.checkIn(handle: RequestShape.epoch)
        request = try RequestMachine.change(checkIn, request, at: RequestShape.now + .seconds(-60)).request
        request = try RequestMachine.change(.cancel, request).request
        #expect(request.cancelUpdateTime == RequestShape.now)
        #expect(code(request, at: RequestShape.now + Self.after + .milliseconds(-1)) == 1015)
        #expect(code(request, at: RequestShape.now + Self.after) == nil)
    }

    @Test("C58: the setting in force decides, zero allows at once")
    func changedSetting() {
        let request = RequestShape.cancellingWaiting.request()
        func decide(_ after: Duration) -> ErrorCode? {
            RequestMachine.decide(
                .forceCancel,
                for: request,
                now: RequestShape.begun + .seconds(10),
                settings: RequestMachine.Settings(forceCancelAfter: after)
            ).code
        }
        #expect(decide(.zero) == nil)
        #expect(decide(.seconds(10)) == nil)
        #expect(decide(.seconds(11)) == 1015)
        #expect(RequestMachine.Settings().forceCancelAfter == .seconds(1800), "the documented half hour")
    }

    @Test("C60: allowed turns true at that instant")
    func allowed() {
        let request = RequestShape.cancellingWaiting.request()
        #expect(ForceCancelRule.earliestTime(request, forceCancelAfter: Self.after) == RequestShape.begun + Self.after)
    }

    @Test("C61, C62: every other state is refused by name, whatever the time", arguments: RequestShape.allCases)
    func otherStates(_ shape: RequestShape) {
        guard shape.state != .cancelling else { return }
        let verdict = RequestMachine.decide(.forceCancel, for: shape.request(), at: RequestShape.now + .seconds(9999))
        #expect(verdict == .refused(SchedulerError(1013, "7", shape.state.rawValue)))
    }

    @Test("C63, C64: what does not wait for an asynchronous answer is refused, whatever the time")
    func notWaiting() throws {
        let late = RequestShape.now + .seconds(99 * 3600)
        for shape in [RequestShape.cancellingSynchronous, .cancellingInitiating] {
            #expect(code(shape.request(), at: late) == 1014, "\(shape)")
            #expect(code(shape.request(), at: RequestShape.begun) == 1014, "the wait is tested before the time")
        }
        let answered = RequestShape.cancellingWaiting.request { $0.handleStatus = .closed }
        #expect(code(answered, at: late) == 1014)
        let ended = RequestShape.scheduleEnded
        let parent = try RequestMachine.change(.cancel, ended.request(.recurParent), children: ended.children).request
        #expect(code(parent, at: late) == 1014)
    }

    @Test("C64: a request cancelled while suspended can be forced")
    func suspended() throws {
        let request = try RequestMachine.change(.cancel, RequestShape.suspended.request()).request
        #expect(code(request, at: RequestShape.now + Self.after) == nil)
    }

    @Test("C74, C75: afterwards a second call, reports and check-ins are refused")
    func afterwards() throws {
        let request = try RequestMachine.change(.forceCancel, RequestShape.cancellingWaiting.request()).request
        #expect(code(request, at: RequestShape.now) == 1013)
        for status in ReportStatus.allCases {
            let report = RequestEvent.report(status, text: nil, handle: RequestShape.epoch)
            #expect(RequestMachine.decide(report, for: request).code == 1052, "\(status)")
        }
        #expect(RequestMachine.decide(.checkIn(handle: RequestShape.epoch), for: request).code == 1052)
        #expect(RequestMachine.decide(.cancel, for: request).code == 1010)
    }

    @Test("The limit of the definition has the effect of forceCancel")
    func cancelEndAfter() throws {
        let request = RequestShape.cancellingWaiting.request { $0.policy.cancelEndAfter = .seconds(600) }
        let end = RequestShape.begun + .seconds(600)
        #expect(request.nextTimer?.kind == .cancelEnd && request.nextTimer?.time == end)
        #expect(RequestMachine.decide(.timer, for: request, at: end + .milliseconds(-1)) == .dropped(.cannotArise))
        let ended = try RequestMachine.change(.timer, request, at: end).request
        #expect(ended.state == .cancelled && ended.cause == .operatorCancel && ended.handleStatus == .dead)
        let checkedIn = try RequestMachine.change(.checkIn(handle: RequestShape.epoch), request, at: end).request
        #expect(checkedIn.nextTimer?.time == end + .seconds(600), "the clock is that of forceCancel")
    }
}
