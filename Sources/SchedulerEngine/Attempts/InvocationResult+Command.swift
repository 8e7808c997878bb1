package import SchedulerCore

extension InvocationResult {
    /// The command that makes the result of an invocation durable.
    ///
    /// - Parameters:
    ///   - request: as claimed.
    ///   - demand: what the server had demanded of the invocation, if anything.
    /// - Returns: a command in the name of the invocation's attempt.
    package func command(for request: JobRequest, demand: StopDemand?) -> RequestCommand {
        RequestCommand(request.id, event(for: request, demand: demand), epoch: request.epoch)
    }

    private func event(for request: JobRequest, demand: StopDemand?) -> RequestEvent {
        switch self {
        case .ended(let outcome): return .executableEnded(outcome)
        case .waiting(let externalID): return .asynchronousStartAccepted(externalID: externalID)
        case .reported(let status, let text):
            if request.facts.isAsynchronous == true, let epoch = request.epoch {
                return .report(status, text: text, handle: epoch)
            }
            return .executableEnded(Self.outcome(of: status, text: text))
        case .endedByServer:
            return .ended(by: demand)
        }
    }

    /// What a report means where the executable answers at once.
    private static func outcome(of status: ReportStatus, text: String?) -> ExecutableOutcome {
        switch status {
        case .success: .success
        case .warning: .warning(text: text)
        case .error: .systemError(text ?? "The job reported an error without a text.")
        case .businessError: .businessError(text: text)
        case .cancel: .cancelled(text: text)
        case .pause: .paused(state: text)
        case .suspend, .update:
            .systemError("\(status.rawValue) is no answer of a synchronous job.", cause: .processUnknownStatus)
        }
    }
}

extension CalloutResult {
    /// The command that makes the result of a callout durable.
    ///
    /// - Parameters:
    ///   - callout: that was called.
    ///   - request: for which.
    ///   - demand: what the server had demanded meanwhile, if anything.
    /// - Returns: a command in the name of the attempt.
    package func command(_ callout: Callout, for request: JobRequest, demand: StopDemand?) -> RequestCommand {
        let event: RequestEvent =
            switch self {
            case .answered(let answer) where callout == .preProcess: .preProcessed(answer)
            case .answered(let answer): .postProcessed(answer)
            case .endedByServer: .ended(by: demand)
            }
        return RequestCommand(request.id, event, epoch: request.epoch)
    }
}

extension RequestEvent {
    /// What it means for an attempt that the server has ended its code.
    fileprivate static func ended(by demand: StopDemand?) -> RequestEvent {
        switch demand?.reason {
        case .nodeStopping: .nodeLost(reason: .nodeStopped)
        case .fenced: .nodeLost(reason: .leaseExpired)
        case .cancel, .timeout, nil: .attemptEndedByServer
        }
    }
}
