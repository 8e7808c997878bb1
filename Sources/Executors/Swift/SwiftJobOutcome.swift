import SchedulerCore

/// Turns what a job returns or throws into results (runtime §9.3).
enum SwiftJobOutcome {
    static func result(of job: any SwiftJob, _ context: SwiftJobContext) async -> InvocationResult {
        do {
            return switch try await job.run(context) {
            case .success: .ended(.success)
            case .warning(let text): .ended(.warning(text: text))
            case .paused(let state): .ended(.paused(state: state))
            case .waiting(let id): .waiting(externalID: id)
            }
        } catch let error as BusinessError {
            return .ended(.businessError(text: error.message))
        } catch let error as ManualRecovery {
            return .ended(.manualRecovery(text: error.message))
        } catch is CancellationError {
            // Thrown because the server asked for it, it is the server that ended the job.
            let wasAsked = context.invocation.control.stopDemand != nil
            return wasAsked ? .endedByServer : .ended(.cancelled(text: nil))
        } catch {
            return .ended(.systemError(String(describing: error)))
        }
    }

    static func result(
        of callout: any SwiftCallout,
        _ context: SwiftJobContext,
        _ moment: SwiftCalloutMoment
    ) async -> CalloutResult {
        do {
            return .answered(answer(try await callout.call(context, moment)))
        } catch let error as BusinessError {
            return .answered(.businessError(text: error.message))
        } catch is CancellationError {
            let wasAsked = context.invocation.control.stopDemand != nil
            return wasAsked ? .endedByServer : .answered(.cancel(text: nil))
        } catch {
            return .answered(.failed(text: String(describing: error)))
        }
    }

    private static func answer(_ answer: SwiftCalloutAnswer) -> CalloutAnswer {
        switch answer {
        case .proceed: return .proceed
        case .warn(let text): return .warn(text: text)
        case .delay(nil, let text): return .delay(nil, text: text)
        case .delay(.some(let minutes), let text):
            let bounded = min(max(0, Int64(minutes)), CalloutReply.delayMinutesMax)
            return .delay(.seconds(bounded * 60), text: text)
        case .cancel(let text): return .cancel(text: text)
        case .businessError(let text): return .businessError(text: text)
        case .systemError(let text): return .systemError(text: text)
        }
    }

    static func answer(of job: any CancellableSwiftJob, _ context: SwiftJobContext) async -> CancelCallAnswer {
        do {
            let reason = context.invocation.request.cancelCause.rawValue
            return switch try await job.cancel(context, reason: reason) {
            case .told: .answered
            case .cancelled: .reported(.cancel, text: nil)
            }
        } catch {
            return .failed(String(describing: error).bounded(toBytes: Limits.messageBytes))
        }
    }
}
