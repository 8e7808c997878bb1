package import Logging
package import SchedulerCore
import ServiceLifecycle

/// A node at work: its loops, its running attempts and the order in which they begin and end.
package final class Engine: Sendable {
    package let gateway: CommandGateway
    package let signals: EngineSignals

    private let membership: Membership
    private let settings: EngineSettings
    private let runner: AttemptRunner
    private let dispatch: DispatchLoop
    private let timers: TimerLoop
    private let heartbeat: HeartbeatLoop
    private let recovery: RecoveryLoop
    private let locks: LockSweepLoop
    private let fence: FenceLoop
    private let offer: OfferLoop
    private let newcomer: Newcomer
    private let store: any ClusterStore
    private let reaper: any AbandonedProcessReaper
    private let time: any TimeSource
    private let logger: Logger

    /// - Parameters:
    ///   - store: durable requests and leases; outlives the engine.
    ///   - node: identity of this start.
    ///   - settings: shared with whoever reloads them.
    ///   - executor: gives the executor of a kind; never fails.
    ///   - callouts: calls what requests name before and after their executables.
    ///   - work: the work assignments in force.
    ///   - reaper: kills what a dead predecessor has left.
    ///   - handles: makes the handles of invocations.
    ///   - signals: wakes its loops; shared with whoever hears of the changes of other nodes.
    ///   - time: clocks of the node.
    ///   - logger: constant messages, facts as metadata.
    package init(
        store: any RequestStore & ClusterStore,
        node: NodeRecord,
        settings: EngineSettings,
        executor: @escaping @Sendable (ExecutorKind) -> any JobExecutor,
        callouts: any CalloutInvoker = UnavailableCallouts(),
        work: @escaping @Sendable () -> WorkModel = { WorkModel(.builtIn, settings: RecurrenceSettings()) },
        reaper: any AbandonedProcessReaper,
        handles: HandleAuthority,
        signals: EngineSignals = EngineSignals(),
        time: any TimeSource,
        logger: Logger
    ) {
        self.reaper = reaper
        self.settings = settings
        self.store = store
        let newcomer = Newcomer(name: node.name, model: work)
        self.newcomer = newcomer
        self.time = time
        self.logger = logger
        self.signals = signals
        let leaseFence = LeaseFence(lease: settings.values.lease, isTimed: !store.isExclusive)
        runner = AttemptRunner(
            store: store,
            executor: executor,
            callouts: callouts,
            handles: handles,
            signals: signals,
            settings: settings,
            fence: leaseFence,
            time: time,
            logger: logger
        )
        let grace: @Sendable () -> Duration = { settings.values.cancelGrace }
        gateway = CommandGateway(store: store, launcher: runner, signals: signals, cancelGrace: grace)
        membership = Membership(
            store: store,
            node: node,
            fence: leaseFence,
            launcher: runner,
            time: time,
            logger: logger
        )
        dispatch = DispatchLoop(
            store: store,
            gateway: gateway,
            launcher: runner,
            membership: membership,
            admission: NodeAdmission(
                name: node.name,
                applications: settings.values.applications,
                logicalClusters: settings.values.logicalClusters
            ),
            mayClaim: { settings.values.mayClaim },
            threads: { settings.values.threads },
            longestPause: { settings.values.longestPause },
            isNewcomer: { newcomer.isWaiting },
            looksForStarving: true,
            logger: logger,
            wake: signals.dispatch,
            heartbeat: signals.heartbeat
        )
        timers = TimerLoop(
            store: store,
            gateway: gateway,
            longestPause: settings.values.longestPause,
            wake: signals.timers
        )
        heartbeat = HeartbeatLoop(
            store: store,
            membership: membership,
            launcher: runner,
            cancelGrace: grace,
            wake: signals.heartbeat
        ) {
            signals.dispatch.signal()
            signals.recovery.signal()
        }
        recovery = RecoveryLoop(
            store: store,
            gateway: gateway,
            reaper: reaper,
            membership: membership,
            wake: signals.recovery,
            logger: logger
        )
        locks = LockSweepLoop(gateway: gateway, membership: membership, wake: signals.locks)
        fence = FenceLoop(membership: membership, longestPause: settings.values.lease / 6)
        offer = OfferLoop(store: store, membership: membership) { [dispatch] in
            var offer = settings.values.offer
            offer.isNewcomer = newcomer.isWaiting
            offer.hasFailed = dispatch.hasFailed
            return offer
        }
    }

    /// Enters the cluster and ends what lost predecessors have left. Before this returns nothing is started.
    ///
    /// An attempt that cannot be recovered keeps no node from starting: it starts nowhere, and recovery tries again.
    ///
    /// - Throws: `NodeNameTaken` if a living node has the name; `StoreFault`.
    package func prepare() async throws {
        let nodes = try await store.nodes()
        try await membership.enter(reaper)
        newcomer.join(nodes)
        do {
            _ = try await recovery.runOnce()
        } catch {
            logger.error("Not everything recovered yet", metadata: ["error": "\(error)"])
        }
    }

    /// Works until graceful shutdown: then nothing new starts, running attempts get `shutdownGrace`, what is left
    /// ends as stopped, and the node leaves.
    package func run() async throws {
        let driver = LoopDriver(time: time, logger: logger)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runner.run() }
            let loops: [any EngineLoop] = [timers, heartbeat, recovery, locks, fence, offer]
            for loop in loops { group.addTask { await driver.run(loop) } }
            await dispatchUntilShutdown(driver)
            await endAttempts()
            runner.finish()
            group.cancelAll()
        }
        await membership.leave()
    }

    /// Returns when no claim is under way any more, so that whatever was claimed is known to the runner.
    private func dispatchUntilShutdown(_ driver: LoopDriver) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await driver.run(self.dispatch) }
            try? await gracefulShutdown()
            dispatch.stop()
            group.cancelAll()
        }
    }

    private func endAttempts() async {
        let values = settings.values
        logger.info("Node is stopping", metadata: ["running": "\(runner.runningCount)"])
        await drain(within: values.shutdownGrace)
        runner.stopAll(StopDemand(reason: .nodeStopping, grace: values.cancelGrace))
        await drain(within: values.cancelGrace + Self.killAllowance)
    }

    /// Time that ending processes may take after their grace.
    private static let killAllowance: Duration = .seconds(5)

    private func drain(within limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runner.drain() }
            group.addTask { try? await self.time.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
