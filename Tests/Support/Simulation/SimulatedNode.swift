import Logging
package import SchedulerCore
package import SchedulerEngine

/// One start of a node: the real loops over the shared store, with a launcher that the simulation drives.
package struct SimulatedNode: Sendable {
    package let record: NodeRecord
    package let launcher: SimulatedLauncher
    package let gateway: CommandGateway
    package let membership: Membership
    package let loops: [any EngineLoop]

    package let reaper: any AbandonedProcessReaper

    /// Of one machine, which its boot id names.
    private struct Reaper: AbandonedProcessReaper {
        let processes: SimulatedProcesses
        let bootID: String

        func isGone(_ process: ProcessIdentity) -> Bool { process.bootID == bootID && !processes.isAlive(process) }

        func reap(_ requests: [JobRequest]) async {
            for process in requests.compactMap(\.process) where process.bootID == bootID { processes.reap(process) }
        }
    }

    /// A start of a node with a name and a machine of its own.
    package static func record(number: Int) -> NodeRecord {
        NodeRecord(
            id: NodeID("node-\(number)"),
            name: "node-\(number)",
            process: ProcessIdentity(pid: Int32(number), startTicks: UInt64(number), bootID: "boot-\(number)")
        )
    }

    package init(
        record: NodeRecord,
        admission: NodeAdmission? = nil,
        launcher: SimulatedLauncher = SimulatedLauncher(),
        store: any RequestStore & ClusterStore,
        threads: Int,
        lease: Duration,
        cancelGrace: Duration,
        time: any TimeSource,
        processes: SimulatedProcesses = SimulatedProcesses()
    ) {
        self.record = record
        self.launcher = launcher
        let reaper = Reaper(processes: processes, bootID: record.process.bootID)
        self.reaper = reaper
        let signals = EngineSignals()
        gateway = CommandGateway(store: store, launcher: launcher, signals: signals, cancelGrace: { cancelGrace })
        let quiet = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        membership = Membership(
            store: store,
            node: record,
            fence: LeaseFence(lease: lease),
            launcher: launcher,
            time: time,
            logger: quiet
        )
        loops = [
            FenceLoop(membership: membership, longestPause: lease / 6),
            DispatchLoop(
                store: store,
                gateway: gateway,
                launcher: launcher,
                membership: membership,
                admission: admission,
                threads: { threads },
                longestPause: { .seconds(15) },
                looksForStarving: true,
                wake: signals.dispatch,
                heartbeat: signals.heartbeat
            ),
            TimerLoop(store: store, gateway: gateway, longestPause: .seconds(15), wake: signals.timers),
            HeartbeatLoop(
                store: store,
                membership: membership,
                launcher: launcher,
                cancelGrace: { cancelGrace },
                wake: signals.heartbeat,
                onReturn: {}
            ),
            RecoveryLoop(
                store: store,
                gateway: gateway,
                reaper: reaper,
                membership: membership,
                wake: signals.recovery,
                logger: quiet
            ),
            LockSweepLoop(gateway: gateway, membership: membership, wake: signals.locks),
        ]
    }
}
