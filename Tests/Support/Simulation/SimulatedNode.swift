import Logging
package import SchedulerCore
package import SchedulerEngine

/// One start of a node: the real loops over the shared store, with a launcher that the simulation drives.
package struct SimulatedNode: Sendable {
    package let record: NodeRecord
    package let launcher = SimulatedLauncher()
    package let gateway: CommandGateway
    package let loops: [any EngineLoop]

    private struct Reaper: AbandonedProcessReaper {
        let processes: SimulatedProcesses

        func reap(_ requests: [JobRequest]) async {
            for process in requests.compactMap(\.process) { processes.end(process) }
        }
    }

    package init(
        number: Int,
        store: any RequestStore & ClusterStore,
        threads: Int,
        lease: Duration,
        cancelGrace: Duration,
        processes: SimulatedProcesses = SimulatedProcesses()
    ) {
        record = NodeRecord(
            id: NodeID("node-\(number)"),
            name: "node",
            process: ProcessIdentity(pid: Int32(number), startTicks: UInt64(number), bootID: "boot")
        )
        let signals = EngineSignals()
        let launcher = launcher
        gateway = CommandGateway(store: store, launcher: launcher, signals: signals, cancelGrace: { cancelGrace })
        let quiet = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        loops = [
            DispatchLoop(
                store: store,
                gateway: gateway,
                launcher: launcher,
                node: record,
                threads: { threads },
                longestPause: .seconds(15),
                wake: signals.dispatch
            ),
            TimerLoop(store: store, gateway: gateway, longestPause: .seconds(15), wake: signals.timers),
            HeartbeatLoop(
                store: store,
                launcher: launcher,
                node: record,
                lease: lease,
                cancelGrace: { cancelGrace },
                wake: signals.heartbeat
            ),
            RecoveryLoop(
                store: store,
                gateway: gateway,
                reaper: Reaper(processes: processes),
                node: record,
                longestPause: lease,
                wake: signals.recovery,
                logger: quiet
            ),
        ]
    }
}
