package import SchedulerCore

/// Calls what `SYS_preProcess` and `SYS_postProcess` name: an http(s) URL, or a Swift type of the registry (runtime
/// §9.4).
package struct CalloutExecutor: CalloutInvoker {
    private let caller: OutboundCaller
    private let swift: SwiftJobExecutor
    private let tokens: TokenResolver
    private let time: any TimeSource

    /// - Parameters:
    ///   - caller: shared by everything that calls outside; whoever made it shuts it down.
    ///   - swift: runs the code of Swift types.
    ///   - tokens: finds properties and secrets.
    ///   - time: measures the limits of calls.
    package init(
        caller: OutboundCaller,
        swift: SwiftJobExecutor,
        tokens: TokenResolver = TokenResolver(),
        time: any TimeSource
    ) {
        self.caller = caller
        self.swift = swift
        self.tokens = tokens
        self.time = time
    }

    package func call(_ callout: Callout, _ invocation: Invocation) async -> CalloutResult {
        guard invocation.control.stopDemand == nil else { return .endedByServer }
        let name = invocation.value(callout.property) ?? ""
        guard Callout.isURL(name) else { return await swift.call(callout, className: name, invocation) }
        let call = CalloutCall(callout: callout, url: name, invocation: invocation, tokens: tokens)
        let timeout = caller.currentSettings.timeout
        let end = await CallRace(caller: caller, time: time).run(
            timeout: timeout,
            control: invocation.control,
            awaitsAnswerAfterStop: false
        ) {
            try await call.request()
        }
        switch end {
        case .answered(let request, let answer):
            let texts = RemoteText(secret: invocation.handle)
            return .answered(CalloutReply(origin: request.target.origin, texts: texts).answer(of: answer))
        case .failed(let text): return .answered(.failed(text: text))
        case .undefined: return .answered(.failed(text: "\(callout.property) is not set."))
        case .timedOut:
            return .answered(.failed(text: "The callout was not answered within \(timeout.inSeconds) s."))
        case .stopped: return .endedByServer
        }
    }
}
