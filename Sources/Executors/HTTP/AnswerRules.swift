import SchedulerCore

/// What an answer to the start call means (runtime §9.2, the table of answers).
struct AnswerRules {
    let mode: CallMode
    /// Whether a SOAP Fault in the body decides.
    let readsFaults: Bool
    /// Scheme, host and port of the target, for messages.
    let origin: String
    let texts: RemoteText
    /// For a `Retry-After` with a date.
    let now: Timestamp

    func result(of answer: OutboundAnswer) -> InvocationResult {
        if readsFaults, answer.bodyEnd == .complete, let fault = SOAPFault(body: answer.body) {
            return .ended(outcome(of: fault, answer: answer))
        }
        switch answer.status {
        case 200..<300: return accepted(answer)
        case 408, 425, 429: return .ended(systemError(answer))
        case 400..<500: return .ended(.businessError(text: statusText(answer)))
        default: return .ended(systemError(answer))
        }
    }

    private func accepted(_ answer: OutboundAnswer) -> InvocationResult {
        guard mode != .oneway else { return .ended(.success) }
        switch answer.bodyEnd {
        case .complete: break
        case .tooLarge(let limit):
            return .ended(.systemError("The answer of \(origin) is larger than \(limit) bytes."))
        case .broken(let why):
            return .ended(.systemError("The answer of \(origin) broke off: \(why)."))
        }
        let said = JobAnswer(body: answer.body)
        switch said.status {
        case .none:
            return mode == .synchronous ? .ended(.success) : .waiting(externalID: said.externalID)
        case .known(let status):
            let text = texts.plain(said.message)
            return mode == .synchronous
                ? .ended(outcome(of: status, text: status == .pause ? said.message : text))
                : .reported(status, text: status == .pause ? said.message : text)
        case .unknown(let status):
            return .ended(unknownStatus(status))
        }
    }

    private func outcome(of status: ReportStatus, text: String?) -> ExecutableOutcome {
        switch status {
        case .success: .success
        case .warning: .warning(text: text)
        case .error: .systemError(text ?? "The job reported an error without a text.")
        case .businessError: .businessError(text: text ?? "The job reported a business error without a text.")
        case .cancel: .cancelled(text: text)
        case .pause: .paused(state: text)
        // These need a handle that stays open: there is none once a synchronous call is answered.
        case .suspend, .update: unknownStatus(status.rawValue)
        }
    }

    private func unknownStatus(_ status: String) -> ExecutableOutcome {
        let shown = texts.plain(status.bounded(toBytes: Self.shownStatusBytes)) ?? ""
        return .systemError(
            "\(origin) answered with the execution status “\(shown)”, which is not understood.",
            cause: .processUnknownStatus
        )
    }

    private func outcome(of fault: SOAPFault, answer: OutboundAnswer) -> ExecutableOutcome {
        let text = texts.plain(fault.text).map { ": \($0)" } ?? "."
        let message = "\(origin) answered with the fault \(texts.plain(fault.code) ?? "without a code")\(text)"
        guard !fault.blamesSender else { return .businessError(text: message) }
        return .systemError(
            cause: .processSystemError,
            text: message,
            detail: nil,
            retryAfter: RetryAfter.wait(answer.retryAfter, now: now)
        )
    }

    private func systemError(_ answer: OutboundAnswer) -> ExecutableOutcome {
        .systemError(
            cause: .processSystemError,
            text: statusText(answer),
            detail: nil,
            retryAfter: RetryAfter.wait(answer.retryAfter, now: now)
        )
    }

    private func statusText(_ answer: OutboundAnswer) -> String {
        let said = texts.plain(JobAnswer(body: answer.body).message) ?? texts.excerpt(answer.body)
        return "\(origin) answered with HTTP status \(answer.status)" + (said.map { ": \($0)" } ?? ".")
    }

    /// Bytes of an unknown status that are shown.
    private static let shownStatusBytes = 64
}
