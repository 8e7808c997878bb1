package import Logging
package import SchedulerCore

/// Runs claimed requests on their executors and makes the outcomes durable.
///
/// Work is queued by `launch` and `callCancel` and runs in child tasks of `run()`, so that nothing outlives it.
package final class AttemptRunner: AttemptLauncher {
    /// Pause before an outcome that the store did not take is offered again.
    package static let deliveryPause: Duration = .milliseconds(200)

    private enum Work: Sendable {
        case attempt(ClaimedRequest, AttemptEpoch, InvocationControl)
        case cancelCall(JobRequest)
    }

    private let store: any RequestStore
    private let executor: @Sendable (ExecutorKind) -> any JobExecutor
    private let callouts: any CalloutInvoker
    private let handles: HandleAuthority
    private let signals: EngineSignals
    private let settings: EngineSettings
    private let fence: LeaseFence
    private let time: any TimeSource
    private let logger: Logger
    private let attempts = RunningAttempts()
    private let work: AsyncStream<Work>
    private let queue: AsyncStream<Work>.Continuation

    package init(
        store: any RequestStore,
        executor: @escaping @Sendable (ExecutorKind) -> any JobExecutor,
        callouts: any CalloutInvoker = UnavailableCallouts(),
        handles: HandleAuthority,
        signals: EngineSignals,
        settings: EngineSettings,
        fence: LeaseFence,
        time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.executor = executor
        self.callouts = callouts
        self.handles = handles
        self.signals = signals
        self.settings = settings
        self.fence = fence
        self.time = time
        self.logger = logger
        (work, queue) = AsyncStream<Work>.makeStream()
    }

    package var runningCount: Int { attempts.threadCount }

    package var running: [RunningAttempt] { attempts.all }

    package func isRunning(_ epoch: AttemptEpoch) -> Bool { attempts.contains(epoch) }

    package func launch(_ claimed: ClaimedRequest) {
        guard let epoch = claimed.request.epoch else { return }
        let control = InvocationControl { [weak self] identity in
            await self?.record(identity, of: claimed.request) ?? false
        }
        attempts.insert(epoch, of: claimed.request.id, under: claimed.request.workAssignment, control)
        queue.yield(.attempt(claimed, epoch, control))
    }

    package func stop(_ epoch: AttemptEpoch, _ demand: StopDemand) { attempts.stop(epoch, demand) }

    package func stopAll(_ demand: StopDemand) { attempts.stopAll(demand) }

    package func callCancel(_ request: JobRequest) { queue.yield(.cancelCall(request)) }

    /// Returns once no attempt holds a thread.
    package func drain() async { await attempts.drain() }

    /// No work is taken from now on; `run()` returns when the rest is done.
    package func finish() { queue.finish() }

    /// Runs the queued work until `finish()`.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await item in work {
                group.addTask {
                    switch item {
                    case .attempt(let claimed, let epoch, let control):
                        await self.run(claimed, epoch, control)
                    case .cancelCall(let request):
                        await self.performCancelCall(for: request)
                    }
                }
            }
        }
    }

    private var gateway: CommandGateway {
        CommandGateway(store: store, launcher: self, signals: signals) { [settings] in settings.values.cancelGrace }
    }

    /// Callouts and executable one after the other, as far as the store lets the thread go on with them.
    private func run(_ claimed: ClaimedRequest, _ epoch: AttemptEpoch, _ control: InvocationControl) async {
        var next: JobRequest? = claimed.request
        while let request = next {
            endIfFenced(epoch)
            let command = await command(after: request, claimed.parameters, epoch, control)
            if request.isLastOnNode {
                // Who is next is claimed in the transaction that stores the outcome.
                attempts.leaveThread(epoch)
                signals.dispatch.signal()
            }
            let stored = await deliver(command, of: request)
            next = stored.flatMap { $0.epoch == epoch && $0.goesOn(after: request) ? $0 : nil }
            if next != nil { attempts.takeThread(epoch) }
        }
        attempts.remove(epoch)
        signals.dispatch.signal()
    }

    /// Runs what is next of the request.
    ///
    /// - Returns: what the store is to learn of it.
    private func command(
        after request: JobRequest,
        _ parameters: [Parameter],
        _ epoch: AttemptEpoch,
        _ control: InvocationControl
    ) async -> RequestCommand {
        // Only behind an answer that was lost: nothing of it runs.
        if request.state == .cancelling {
            return InvocationResult.endedByServer.command(for: request, demand: control.stopDemand)
        }
        guard let invocation = await invocation(of: request, parameters, epoch, control) else {
            return unreadable(request)
        }
        if let callout = request.dueCallout {
            let result = await callouts.call(callout, invocation)
            return result.command(callout, for: request, demand: control.stopDemand)
        }
        guard let kind = request.facts.executor else { return unreadable(request) }
        let result = await executor(kind).execute(invocation)
        return result.command(for: request, demand: control.stopDemand)
    }

    /// The end of what cannot even begin.
    private func unreadable(_ request: JobRequest) -> RequestCommand {
        let text = "What the request needs could not be read."
        if let callout = request.dueCallout {
            return CalloutResult.answered(.failed(text: text)).command(callout, for: request, demand: nil)
        }
        return InvocationResult.ended(.systemError(text)).command(for: request, demand: nil)
    }

    /// Offers the outcome until the store takes it. An outcome that never gets there is a lost attempt: recovery
    /// finds it.
    ///
    /// What the store took although its answer was lost has no place when it is offered again: the request then tells
    /// how to go on.
    ///
    /// - Returns: the request as it is stored now; nil where the outcome changed nothing.
    private func deliver(_ command: RequestCommand, of request: JobRequest) async -> JobRequest? {
        var isOfferedAgain = false
        while true {
            do {
                let result = try await gateway.perform(command)
                if case .refused(let error) = result.outcome {
                    let code: Logger.Metadata = ["error.code": "\(error.code)"]
                    logger.warning("Outcome refused", metadata: request.logMetadata.merging(code) { $1 })
                }
                let wasTaken = isOfferedAgain && result.outcome == .dropped(.cannotArise)
                return result.outcome == .applied || wasTaken ? result.request : nil
            } catch {
                isOfferedAgain = true
                // A node takes no more on than it can put away.
                if let epoch = command.epoch { attempts.takeThread(epoch) }
                logger.error("Outcome not stored yet", metadata: request.logMetadata(error))
                guard (try? await time.sleep(for: Self.deliveryPause)) != nil else { return nil }
            }
        }
    }

    /// Before anything is let go: a whole process that stood still has missed the news.
    private func endIfFenced(_ epoch: AttemptEpoch) {
        guard fence.isClosed(at: time.monotonicNow()) else { return }
        attempts.stop(epoch, StopDemand(reason: .fenced, grace: .zero))
    }

    private func record(_ identity: ProcessIdentity, of request: JobRequest) async -> Bool {
        do {
            let command = RequestCommand(request.id, .processPrepared(identity), epoch: request.epoch)
            let isRecorded = try await gateway.perform(command).outcome == .applied
            if let epoch = request.epoch { endIfFenced(epoch) }
            return isRecorded
        } catch {
            logger.error("Process not recorded, not started", metadata: request.logMetadata(error))
            return false
        }
    }

    private func performCancelCall(for request: JobRequest) async {
        guard let epoch = request.epoch else { return }
        do {
            guard let detail = try await store.request(request.id) else { return }
            let control = InvocationControl { _ in false }
            guard let invocation = await invocation(of: request, detail.parameters, epoch, control) else { return }
            // A job set has nobody to tell: its steps are.
            let answer = await request.facts.executor.map(executor)?.callCancel(invocation) ?? .answered
            guard let event = Self.event(for: answer, epoch: epoch) else { return }
            _ = try await gateway.perform(RequestCommand(request.id, event, epoch: epoch))
        } catch {
            logger.warning("Cancel call will be repeated", metadata: request.logMetadata(error))
        }
    }

    private static func event(for answer: CancelCallAnswer, epoch: AttemptEpoch) -> RequestEvent? {
        switch answer {
        case .answered: .cancelCallAnswered
        case .reported(let status, let text): .report(status, text: text, handle: epoch)
        case .failed: nil
        }
    }

    /// - Returns: nil where what belongs to it cannot be read.
    private func invocation(
        of request: JobRequest,
        _ parameters: [Parameter],
        _ epoch: AttemptEpoch,
        _ control: InvocationControl
    ) async -> Invocation? {
        do {
            return Invocation(
                request: request,
                parameters: parameters,
                handle: handles.handle(of: request.id, epoch: epoch),
                baseURL: settings.values.baseURL,
                subRequests: try await relatives.endedRound(of: request),
                lastSuccess: try await relatives.lastSuccess(for: request, parameters),
                control: control
            )
        } catch {
            logger.error("Relatives not read", metadata: request.logMetadata(error))
            return nil
        }
    }

    private var relatives: RelativeReader { RelativeReader(store: store) }
}

extension JobRequest {
    /// Whether nothing of it needs a thread after what runs now.
    fileprivate var isLastOnNode: Bool { dueCallout == nil && !policy.hasPostProcess }

    /// Whether the node that has done `before` goes on with the request at once.
    fileprivate func goesOn(after before: JobRequest) -> Bool {
        owner != nil && owner == before.owner && phase != before.phase
            && [.running, .completed, .cancelling].contains(state)
    }
}
