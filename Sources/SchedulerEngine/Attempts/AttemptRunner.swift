package import Logging
package import SchedulerCore

/// Runs claimed requests on their executors and makes the outcomes durable.
///
/// Work is queued by `launch` and `callCancel` and runs in child tasks of `run()`, so that nothing outlives it.
package final class AttemptRunner: AttemptLauncher {
    /// Pause before an outcome that the store did not take is offered again.
    package static let deliveryPause: Duration = .milliseconds(200)
    /// Most sub-requests of all rounds among which a resumed job's own are looked for.
    package static let subRequestsRead = 10_000

    private enum Work: Sendable {
        case attempt(ClaimedRequest, AttemptEpoch, InvocationControl)
        case cancelCall(JobRequest)
    }

    private let store: any RequestStore
    private let executor: @Sendable (ExecutorKind) -> any JobExecutor
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
        handles: HandleAuthority,
        signals: EngineSignals,
        settings: EngineSettings,
        fence: LeaseFence,
        time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.executor = executor
        self.handles = handles
        self.signals = signals
        self.settings = settings
        self.fence = fence
        self.time = time
        self.logger = logger
        (work, queue) = AsyncStream<Work>.makeStream()
    }

    package var runningCount: Int { attempts.count }

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

    private func run(_ claimed: ClaimedRequest, _ epoch: AttemptEpoch, _ control: InvocationControl) async {
        let request = claimed.request
        endIfFenced(epoch)
        let result: InvocationResult
        if let kind = request.facts.executor, let round = await endedRound(of: request) {
            let invocation = invocation(
                of: request,
                parameters: claimed.parameters,
                epoch: epoch,
                subRequests: round,
                control: control
            )
            result = await executor(kind).execute(invocation)
        } else {
            result = .ended(.systemError("The sub-requests could not be read."))
        }
        await deliver(result.command(for: request, demand: control.stopDemand))
        attempts.remove(epoch)
        signals.dispatch.signal()
    }

    /// What a job that paused for sub-requests is to learn of them; nil if that cannot be read.
    private func endedRound(of request: JobRequest) async -> [SubRequestEnd]? {
        let round = request.kinship.round
        guard request.pausedCount > 0, round > 0 else { return [] }
        var query = RequestQuery(limit: Self.subRequestsRead)
        query.filter = .and([
            .comparison(.parentRequestID, .equal, .integer(request.id.value)),
            .comparison(.requestType, .equal, .text(RequestType.subRequest.rawValue)),
        ])
        do {
            let found = try await store.requests(query).map(\.request).filter { $0.kinship.round == round }
            return found.map { SubRequestEnd(id: $0.id, state: $0.state) }
        } catch {
            logger.error("Sub-requests not read", metadata: ["request.id": "\(request.id)", "error": "\(error)"])
            return nil
        }
    }

    /// Offers the outcome until the store takes it. An outcome that never gets there is a lost attempt: recovery
    /// finds it.
    private func deliver(_ command: RequestCommand) async {
        while true {
            do {
                let result = try await gateway.perform(command)
                if case .refused(let error) = result.outcome {
                    logger.warning(
                        "Outcome refused",
                        metadata: ["request.id": "\(command.requestID)", "error.code": "\(error.code)"]
                    )
                }
                return
            } catch {
                logger.error(
                    "Outcome not stored yet",
                    metadata: ["request.id": "\(command.requestID)", "error": "\(error)"]
                )
                guard (try? await time.sleep(for: Self.deliveryPause)) != nil else { return }
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
            logger.error(
                "Process not recorded, not started",
                metadata: ["request.id": "\(request.id)", "error": "\(error)"]
            )
            return false
        }
    }

    private func performCancelCall(for request: JobRequest) async {
        guard let epoch = request.epoch else { return }
        do {
            guard let detail = try await store.request(request.id) else { return }
            let control = InvocationControl { _ in false }
            let invocation = invocation(of: request, parameters: detail.parameters, epoch: epoch, control: control)
            // A job set has nobody to tell: its steps are.
            let answer = await request.facts.executor.map(executor)?.callCancel(invocation) ?? .answered
            guard let event = Self.event(for: answer, epoch: epoch) else { return }
            _ = try await gateway.perform(RequestCommand(request.id, event, epoch: epoch))
        } catch {
            logger.warning(
                "Cancel call will be repeated",
                metadata: ["request.id": "\(request.id)", "error": "\(error)"]
            )
        }
    }

    private static func event(for answer: CancelCallAnswer, epoch: AttemptEpoch) -> RequestEvent? {
        switch answer {
        case .answered: .cancelCallAnswered
        case .reported(let status, let text): .report(status, text: text, handle: epoch)
        case .failed: nil
        }
    }

    private func invocation(
        of request: JobRequest,
        parameters: [Parameter],
        epoch: AttemptEpoch,
        subRequests: [SubRequestEnd] = [],
        control: InvocationControl
    ) -> Invocation {
        Invocation(
            request: request,
            parameters: parameters,
            handle: handles.handle(of: request.id, epoch: epoch),
            baseURL: settings.values.baseURL,
            subRequests: subRequests,
            control: control
        )
    }
}
