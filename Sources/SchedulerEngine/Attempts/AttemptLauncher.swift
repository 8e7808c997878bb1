package import SchedulerCore

/// Runs what dispatch has claimed and carries effects to it. The engine's own is `AttemptRunner`; the simulator has
/// one that decides every outcome itself.
package protocol AttemptLauncher: Sendable {
    /// Attempts of this node that hold a thread.
    var runningCount: Int { get }

    /// The attempts that hold a thread of this node.
    var running: [RunningAttempt] { get }

    /// Whether the attempt is in the node's hands.
    func isRunning(_ epoch: AttemptEpoch) -> Bool

    /// Takes a claimed request; never blocks.
    func launch(_ claimed: ClaimedRequest)

    /// Demands the end of an attempt; nothing happens where it is not the node's, or told already.
    func stop(_ epoch: AttemptEpoch, _ demand: StopDemand)

    /// Demands the end of all.
    func stopAll(_ demand: StopDemand)

    /// Tells the request's remote job of the cancel; never blocks.
    func callCancel(_ request: JobRequest)
}

/// An attempt that holds a thread.
package struct RunningAttempt: Hashable, Sendable {
    package let requestID: RequestID
    package let epoch: AttemptEpoch

    package init(requestID: RequestID, epoch: AttemptEpoch) {
        self.requestID = requestID
        self.epoch = epoch
    }
}
