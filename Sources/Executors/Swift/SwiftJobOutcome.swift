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
