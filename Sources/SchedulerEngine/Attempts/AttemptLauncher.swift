package import SchedulerCore

/// Runs what dispatch has claimed and carries effects to it. The engine's own is `AttemptRunner`; the simulator has
/// one that decides every outcome itself.
package protocol AttemptLauncher: Sendable {
    /// Attempts of this node that hold a thread.
    var runningCount: Int { get }

    /// The attempts in the hands of this node, those included whose outcome alone is not stored yet.
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

extension AttemptLauncher {
    /// Threads in use by assignment. The node alone knows: after a restart nothing runs.
    package var threadsInUse: [MetadataObjectID: Int] {
        running.reduce(into: [:]) { found, attempt in
            if let assignment = attempt.workAssignment { found[assignment, default: 0] += 1 }
        }
    }
}

/// An attempt in the hands of a node.
package struct RunningAttempt: Hashable, Sendable {
    package let requestID: RequestID
    package let epoch: AttemptEpoch
    /// Whose share of the node's threads it uses; nil = no assignment's.
    package let workAssignment: MetadataObjectID?

    package init(requestID: RequestID, epoch: AttemptEpoch, workAssignment: MetadataObjectID? = nil) {
        self.requestID = requestID
        self.epoch = epoch
        self.workAssignment = workAssignment
    }
}
