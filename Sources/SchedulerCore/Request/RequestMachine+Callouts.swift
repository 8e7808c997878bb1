/// Callouts before and after the executable (runtime §2.1, §9.4): each runs on a node and holds a thread.
extension RequestMachine {
    // MARK: - Before

    static func preProcessed(_ next: inout Transitioner, _ answer: CalloutAnswer) -> Verdict {
        let isCalled = next.request.phase == .preProcessStart && next.request.owner != nil
        guard isCalled, isLegal(.preProcessProceed, next.request) else { return .dropped(.cannotArise) }
        let isCancelling = next.request.state == .cancelling
        next.note(answer)
        next.request.callouts.preProcess = CalloutNote(answer)
        switch answer {
        case .proceed, .warn:
            guard !isCancelling else {
                next.finish(.preProcessProceed, .cancelled, cause: next.request.cancelCause)
                break
            }
            if case .warn = answer { next.request.isWarned = true }
            next.move(.preProcessProceed, to: .running)
            initiate(&next)
        case .delay(let pause, _):
            guard !isCancelling else {
                next.finish(.preProcessDelay, .cancelled, cause: next.request.cancelCause)
                break
            }
            // The same attempt begins once more: neither retry nor expiration knows of it.
            next.move(.preProcessDelay, to: .wait)
            next.leaveExecution()
            next.request.readyTime = nil
            next.request.phase = .preProcessDelayed
            next.request.notBefore = nextCall(next, after: pause)
        case .cancel:
            let cause: Cause = isCancelling ? .preProcessCancel : .preProcessInitiateCancel
            next.finish(.preProcessCancel, .cancelled, cause: cause)
        case .businessError:
            next.finish(.preProcessBusinessError, .error, cause: .preProcessBusinessError, errorType: .business)
        case .systemError:
            next.fail(.preProcessSystemError, cause: .preProcessSystemError)
        case .failed:
            next.fail(.preProcessSystemError, cause: .preProcessError)
        }
        return next.verdict
    }

    /// The executable, or the steps of a set, are next; what bounds the run time of a job counts from here.
    private static func initiate(_ next: inout Transitioner) {
        next.request.firstStartTime = next.request.firstStartTime ?? next.now
        guard !next.request.isJobSet else {
            next.leaveExecution()
            next.enterSteps(epoch: next.request.epoch, processor: next.request.processor)
            return
        }
        next.countElapsed()
        next.request.runningSince = next.now
        next.request.phase = .executeInitiate
    }

    // MARK: - After

    /// The executable is done. Whoever ran it goes on with the callout under the same epoch; where nobody holds a
    /// thread, as after a report, the request is for the next node to take.
    static func awaitPostProcessing(_ next: inout Transitioner, after event: RequestEventKind) {
        let owner = event == .executableReturned ? next.request.owner : nil
        next.leaveExecution()
        next.request.notBefore = nil
        if let owner {
            next.beginPostProcessing(on: owner)
        } else if next.request.isJobSet {
            next.request.phase = .executeFinalizeComplete
        }
    }

    static func postProcess(
        _ next: inout Transitioner,
        epoch: AttemptEpoch,
        node: NodeID,
        processor: String
    ) -> Verdict {
        guard next.request.state == .completed, let due = next.request.dispatchTime, due <= next.now else {
            return .dropped(.cannotArise)
        }
        next.request.epoch = epoch
        next.request.processor = processor
        next.beginPostProcessing(on: node)
        return next.verdict
    }

    static func postProcessed(_ next: inout Transitioner, _ answer: CalloutAnswer) -> Verdict {
        let isCalled = next.request.phase == .postProcessStart && next.request.owner != nil
        guard isCalled, isLegal(.postProcessProceed, next.request) else { return .dropped(.cannotArise) }
        let cancelCause = next.request.state == .cancelling ? next.request.cancelCause : nil
        next.note(answer)
        next.request.callouts.postProcess = CalloutNote(answer)
        switch answer {
        case .proceed:
            if let cancelCause {
                next.finish(.postProcessProceed, .cancelled, cause: cancelCause)
            } else {
                succeed(&next)
            }
        case .warn:
            let target: RequestState = cancelCause == nil ? .warning : .cancelled
            next.finish(.postProcessWarn, target, cause: cancelCause ?? .postProcessWarning)
        case .delay(let pause, _):
            if let cancelCause {
                next.finish(.postProcessDelay, .cancelled, cause: cancelCause)
            } else {
                next.leaveExecution()
                next.request.phase = .postProcessDelayed
                next.request.notBefore = nextCall(next, after: pause)
            }
        case .cancel:
            next.finish(.postProcessCancel, .cancelled, cause: .postProcessCancel)
        case .businessError:
            next.finish(.postProcessError, .error, cause: .postProcessBusinessError, errorType: .business)
        case .systemError:
            next.finish(.postProcessError, .error, cause: .postProcessSystemError, errorType: .system)
        case .failed:
            next.finish(.postProcessError, .error, cause: .postProcessError, errorType: .system)
        }
        return next.verdict
    }

    /// The end of what was executed well, once nothing has to be called any more.
    static func succeed(_ next: inout Transitioner) {
        let isWarned = next.request.isWarned || next.request.executableState == .warning
        // A handle that died although the job succeeded was killed by the operator who reported in its place.
        let isByHand = next.request.handleStatus == .dead
        let cause: Cause = isByHand ? .processRecover : isWarned ? .processWarning : .processSuccess
        next.finish(.postProcessProceed, isWarned ? .warning : .succeeded, cause: cause)
    }

    /// The node of a callout is lost: another one repeats it, and the executable never runs again (runtime §2.1 k).
    static func loseCallout(_ next: inout Transitioner) {
        next.move(.nodeLostExecuting, to: .completed)
        next.leaveExecution()
    }

    private static func nextCall(_ next: Transitioner, after pause: Duration?) -> Timestamp {
        next.now + max(pause ?? next.request.policy.reprocessDelay, Limits.calloutPauseMin)
    }
}

extension Transitioner {
    fileprivate mutating func beginPostProcessing(on node: NodeID) {
        request.owner = node
        request.phase = .postProcessStart
        request.runningSince = now
    }

    fileprivate mutating func note(_ answer: CalloutAnswer) {
        switch answer {
        case .proceed: break
        case .warn(let text), .delay(_, let text), .cancel(let text): note(text)
        case .businessError(let text): note(text ?? "The callout answered BIZ_ERROR without a message.")
        case .systemError(let text): note(text ?? "The callout answered SYSTEM_ERROR without a message.")
        case .failed(let text): note(text)
        }
    }
}
