import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// Parts of an engine over a memory store that fails and speaks as a test wants, in time that a test moves.
struct EngineBench: Sendable {
    let time = SteppedTime()
    let memory: MemoryStore
    let script: ScriptedStore
    let store: FaultyStore<ScriptedStore>
    let launcher = SimulatedLauncher()
    let signals = EngineSignals()
    let gateway: CommandGateway
    let log = LogKeeper()
    let node = StoreSamples.record(StoreSamples.node)
    let key: InstallationKey
    let fence = LeaseFence(lease: Self.lease)
    let membership: Membership
    /// Signalled when the node may start attempts again.
    let returns = WakeSignal()

    static let lease: Duration = .seconds(30)
    static let longestPause: Duration = .seconds(15)
    static let cancelGrace: Duration = .seconds(7)

    init() throws {
        memory = MemoryStore(time: time)
        script = ScriptedStore(memory)
        store = FaultyStore(script)
        key = try #require(InstallationKey(bytes: Array(1...UInt8(InstallationKey.length))))
        gateway = CommandGateway(store: store, launcher: launcher, signals: signals) { Self.cancelGrace }
        membership = Membership(
            store: store,
            node: node,
            fence: fence,
            launcher: launcher,
            time: time,
            logger: log.logger
        )
    }

    func dispatch(threads: Int, looksForStarving: Bool = false) -> DispatchLoop {
        DispatchLoop(
            store: store,
            gateway: gateway,
            launcher: launcher,
            membership: membership,
            threads: { threads },
            longestPause: { Self.longestPause },
            looksForStarving: looksForStarving,
            logger: log.logger,
            wake: signals.dispatch,
            heartbeat: signals.heartbeat
        )
    }

    var timers: TimerLoop {
        TimerLoop(store: store, gateway: gateway, longestPause: Self.longestPause, wake: signals.timers)
    }

    var heartbeat: HeartbeatLoop {
        HeartbeatLoop(
            store: store,
            membership: membership,
            launcher: launcher,
            cancelGrace: { Self.cancelGrace },
            wake: signals.heartbeat,
            onReturn: { returns.signal() }
        )
    }

    func recovery(_ reaper: some AbandonedProcessReaper = NotedReaper()) -> RecoveryLoop {
        RecoveryLoop(
            store: store,
            gateway: gateway,
            reaper: reaper,
            membership: membership,
            wake: signals.recovery,
            logger: log.logger
        )
    }

    func engine(
        _ values: EngineSettings.Values,
        _ executor: ScriptedExecutor,
        _ reaper: some AbandonedProcessReaper
    ) -> Engine {
        Engine(
            store: store,
            node: node,
            settings: EngineSettings(values),
            executor: { _ in executor },
            reaper: reaper,
            handles: key.handles,
            time: time,
            logger: log.logger
        )
    }

    @discardableResult
    func submit(_ submission: Submission = StoreSamples.submission()) async throws -> RequestID {
        try await memory.submit(submission, audit: nil).id
    }

    /// Makes a node a member, or renews its lease, by the store alone; this node's fence opens with it.
    func enter(_ node: NodeID = StoreSamples.node) async throws {
        try await memory.enter(node)
        guard node == self.node.id else { return }
        _ = fence.renew(askedAt: time.monotonicNow(), now: time.monotonicNow())
    }

    /// Lets the lease of a node run out at once.
    func expire(_ node: NodeID) async throws {
        _ = try await memory.join(StoreSamples.record(node), lease: .zero, over: nil)
    }

    /// Lets a node take everything that is due, by the store alone: the launcher hears nothing of it.
    @discardableResult
    func start(on node: NodeID = StoreSamples.node, limit: Int = 10) async throws -> [ClaimedRequest] {
        try await enter(node)
        return try await memory.claim(Claim(node: node, processor: "node", limit: limit, readyLimit: 0)).started
    }

    /// One request, submitted and RUNNING on a node, with its epoch.
    func startOne(
        _ submission: Submission = StoreSamples.submission(),
        on node: NodeID = StoreSamples.node
    ) async throws -> ClaimedRequest {
        try await submit(submission)
        return try #require(try await start(on: node).first)
    }

    /// The same, and in the launcher's hands.
    func launchOne(_ submission: Submission = StoreSamples.submission()) async throws -> ClaimedRequest {
        let claimed = try await startOne(submission)
        launcher.launch(claimed)
        return claimed
    }

    /// Gives an event by the store alone: no node hears of its effects.
    @discardableResult
    func perform(
        _ event: RequestEvent,
        on id: RequestID,
        epoch: AttemptEpoch? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JobRequest? {
        let result = try await memory.perform([RequestCommand(id, event, epoch: epoch)]).first
        #expect(result?.outcome == .applied, sourceLocation: sourceLocation)
        return result?.request
    }

    func stored(_ id: RequestID, sourceLocation: SourceLocation = #_sourceLocation) throws -> JobRequest {
        try #require(memory.snapshot.requests[id], sourceLocation: sourceLocation)
    }

    func states() -> [RequestState] {
        memory.snapshot.requests.values.sorted { $0.id < $1.id }.map(\.state)
    }

    /// What the launcher was told of an attempt.
    func demand(_ claimed: ClaimedRequest) -> StopDemand? {
        launcher.attempts.first { $0.epoch == claimed.request.epoch }?.demand
    }
}

extension WakeSignal {
    /// Whether a signal is kept; takes it.
    func takeSignal() async -> Bool {
        let time = ManualTime()
        let probe = Probe(time)
        await wait(timeout: .seconds(1), time: probe)
        return !probe.wasAsked
    }

    /// Notes that somebody wanted to sleep.
    private final class Probe: TimeSource {
        private let time: ManualTime
        private let asked = EventQueue<Void>()

        init(_ time: ManualTime) { self.time = time }

        var wasAsked: Bool { !asked.pending.isEmpty }

        func now() -> Timestamp { time.now() }

        func monotonicNow() -> Duration { time.monotonicNow() }

        func sleep(for duration: Duration) async throws { asked.add(()) }
    }
}
