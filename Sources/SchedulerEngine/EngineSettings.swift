package import SchedulerCore
import Synchronization

/// Settings of the engine that may change while it runs; loops read them anew at each pass.
package final class EngineSettings: Sendable {
    package struct Values: Hashable, Sendable {
        /// Requests that may execute at once on this node.
        package var threads = 25
        /// Whether this node runs attempts at all.
        package var isProcessorEnabled = true
        /// Whether this node looks for what is due.
        package var isDispatcherEnabled = true
        /// Pause between cancel or last check-in and the first allowed forceCancel.
        package var forceCancelAfter: Duration = .seconds(30 * 60)
        /// Pause between asking a job to end and ending it.
        package var cancelGrace: Duration = .seconds(10)
        /// How long running attempts may go on after the node was told to stop.
        package var shutdownGrace: Duration = .seconds(30)
        /// Applications whose requests this node runs; nil = all. Fixed while it lives.
        package var applications: Set<String>?
        /// Logical clusters that this node belongs to. Fixed while it lives.
        package var logicalClusters: Set<String> = []
        /// Longest pause between two dispatch passes.
        package var longestPause: Duration = .seconds(15)
        /// READY or BLOCKED for longer than this is starving.
        package var starvationThreshold: Duration = .seconds(60 * 60)
        /// How schedules of workshifts are read. Fixed while the node lives.
        package var recurrence = RecurrenceSettings()
        /// Life of the node's lease.
        package var lease: Duration = .seconds(30)
        /// Base of the REST API as jobs reach it, without a slash at the end.
        package var baseURL = ""

        package init() {}

        /// Whether the node may claim requests: what it claims it must run.
        package var mayClaim: Bool { isProcessorEnabled && isDispatcherEnabled }

        /// What the node tells the others of itself.
        package var offer: NodeOffer {
            NodeOffer(
                applications: applications,
                logicalClusters: logicalClusters,
                threads: threads,
                isDispatching: isDispatcherEnabled,
                isProcessing: isProcessorEnabled
            )
        }
    }

    private let state: Mutex<Values>

    package init(_ values: Values = Values()) { state = Mutex(values) }

    package var values: Values {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    /// What the machine needs of them.
    package var machine: RequestMachine.Settings {
        let values = values
        return .init(
            forceCancelAfter: values.forceCancelAfter,
            recurrence: values.recurrence,
            starvationThreshold: values.starvationThreshold
        )
    }
}
