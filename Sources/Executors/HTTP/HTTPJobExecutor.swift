package import SchedulerCore

/// Runs jobs that are HTTP or SOAP services (runtime §9.2): makes the call, reads the answer, tells of a cancel.
package struct HTTPJobExecutor: JobExecutor {
    /// Time a cancel call of a synchronous job gets even where the grace is shorter: it is made once and never again.
    private static let cancelCallTimeMin: Duration = .seconds(1)

    private let caller: OutboundCaller
    private let tokens: TokenResolver
    private let time: any TimeSource

    /// - Parameters:
    ///   - caller: shared by everything that calls outside; whoever made it shuts it down.
    ///   - tokens: finds properties and secrets.
    ///   - time: measures the limits of calls.
    package init(caller: OutboundCaller, tokens: TokenResolver = TokenResolver(), time: any TimeSource) {
        self.caller = caller
        self.tokens = tokens
        self.time = time
    }

    package func execute(_ invocation: Invocation) async -> InvocationResult {
        guard invocation.control.stopDemand == nil else { return .endedByServer }
        let call: JobCall
        do {
            call = JobCall(invocation: invocation, settings: try CallSettings(invocation), tokens: tokens)
        } catch {
            return .ended(.systemError(error.description))
        }
        let race = CallRace(caller: caller, time: time)
        let end = await race.run(
            timeout: call.settings.timeout ?? caller.currentSettings.timeout,
            control: invocation.control,
            // The start of an asynchronous job may already have taken effect: its answer is worth the grace.
            awaitsAnswerAfterStop: call.settings.mode == .asynchronous
        ) {
            try await call.start()
        }
        switch end {
        case .answered(let request, let answer):
            let rules = AnswerRules(
                mode: call.settings.mode,
                readsFaults: call.settings.isSOAP,
                origin: request.target.origin,
                texts: RemoteText(secret: invocation.handle),
                now: time.now()
            )
            return rules.result(of: answer)
        case .failed(let text):
            return .ended(.systemError(text))
        case .undefined:
            return .ended(.systemError("No call is defined."))
        case .timedOut(let timeout):
            return .ended(.systemError("The call was not answered within \(timeout.inSeconds) s."))
        case .stopped(let demand):
            await tellOnce(call, demand)
            return .endedByServer
        }
    }

    package func callCancel(_ invocation: Invocation) async -> CancelCallAnswer {
        do {
            let call = JobCall(invocation: invocation, settings: try CallSettings(invocation), tokens: tokens)
            return await callCancel(
                call,
                reason: invocation.request.cancelCause,
                timeout: caller.currentSettings.timeout
            )
        } catch {
            return .failed(error.description)
        }
    }

    /// The connection is closed: where a cancel call is defined, it is made once (runtime §3.1). Its answer changes
    /// nothing any more.
    private func tellOnce(_ call: JobCall, _ demand: StopDemand) async {
        let reason: Cause
        switch demand.reason {
        case .cancel: reason = .operatorCancel
        case .timeout: reason = .processTimedOut
        // Nobody asked the job to end: the attempt is lost like that of a node that died.
        case .nodeStopping, .fenced: return
        }
        let limit = min(max(demand.grace, Self.cancelCallTimeMin), caller.currentSettings.timeout)
        _ = await callCancel(call, reason: reason, timeout: limit)
    }

    private func callCancel(_ call: JobCall, reason: Cause, timeout: Duration) async -> CancelCallAnswer {
        let end = await CallRace(caller: caller, time: time).run(
            timeout: timeout,
            control: nil,
            awaitsAnswerAfterStop: false
        ) {
            try await call.cancel(reason: reason)
        }
        switch end {
        case .answered(_, let answer):
            guard (200..<300).contains(answer.status) || (400..<500).contains(answer.status) else {
                return .failed("The cancel call was answered with HTTP status \(answer.status).")
            }
            let said = JobAnswer(body: answer.body)
            guard case .known(let status) = said.status else { return .answered }
            let text = RemoteText(secret: call.invocation.handle).plain(said.message)
            return .reported(status, text: text)
        // Without a cancel call nobody can be told, now or later.
        case .undefined: return .answered
        case .failed(let text): return .failed(text)
        case .timedOut: return .failed("The cancel call was not answered within \(timeout.inSeconds) s.")
        case .stopped: return .failed("The cancel call was given up.")
        }
    }
}

extension Duration {
    /// Whole seconds, with up to three digits behind the point where there are any.
    var inSeconds: String {
        let milliseconds = wholeMilliseconds
        let fraction = milliseconds % 1000
        guard fraction != 0 else { return String(milliseconds / 1000) }
        let digits = String(fraction + 1000).dropFirst()
        return "\(milliseconds / 1000).\(digits)"
    }
}
