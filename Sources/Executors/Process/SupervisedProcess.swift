import CProcess
@preconcurrency import Glibc
import SchedulerCore

/// One process under supervision: its channels and how far it has come. Used by the supervisor's thread only.
final class SupervisedProcess {
    enum Phase {
        /// Waits before its exec.
        case gated
        case running
        /// The leader has ended, others hold its pipes.
        case draining
        /// What is left of the tree is killed.
        case sweeping
    }

    /// One descriptor that the loop watches.
    enum Channel: UInt64, CaseIterable {
        case control
        case output
        case error
        case exit
    }

    let key: ProcessKey
    let identity: ProcessIdentity
    /// Value of `ProcessSpecification.markVariable`.
    let mark: String?
    var phase = Phase.gated
    /// Set by the server's first signal to the running leader.
    var stoppedFor: StopReason?
    /// When the phase has lasted long enough; nanoseconds of the loop's clock.
    var deadline: UInt64?
    var startFailure: ProcessStartFailure?
    private(set) var lastError = LastErrorLine()

    private let watch: ProcessWatch
    private var descriptors: [Channel: Int32]
    private var plan: StartPlan?
    private let log: BoundedFile
    private let redirected: BoundedFile?
    private let box: OutcomeBox

    var pid: Int32 { identity.pid }
    var pipesAreOpen: Bool { descriptors[.output] != nil || descriptors[.error] != nil }

    init(
        key: ProcessKey,
        child: cprocess_child,
        identity: ProcessIdentity,
        mark: String?,
        plan: StartPlan,
        files: (log: BoundedFile, redirected: BoundedFile?),
        box: OutcomeBox,
        watch: ProcessWatch
    ) {
        self.key = key
        self.identity = identity
        self.mark = mark
        self.plan = plan
        log = files.log
        redirected = files.redirected
        self.box = box
        self.watch = watch
        descriptors = [
            .control: child.control, .output: child.output, .error: child.error, .exit: child.exit,
        ]
    }

    func descriptor(_ channel: Channel) -> Int32? { descriptors[channel] }

    func close(_ channel: Channel) {
        guard let descriptor = descriptors.removeValue(forKey: channel) else { return }
        watch.remove(descriptor)
        Glibc.close(descriptor)
        // End of control: the child has its own memory, or none.
        if channel == .control { plan = nil }
    }

    /// Output of the job, as it comes.
    func take(_ bytes: UnsafeRawBufferPointer, from channel: Channel) {
        if channel == .error { lastError.append(bytes) }
        (channel == .output ? redirected ?? log : log).append(bytes)
    }

    /// Tells whoever waits; the last thing that happens.
    func finish(_ end: cprocess_end) {
        for channel in Channel.allCases { close(channel) }
        log.close()
        redirected?.close()
        let ending: ProcessOutcome.Ending =
            if let startFailure {
                .failedToStart(startFailure)
            } else if end.code == CLD_EXITED {
                .exited(code: end.status)
            } else {
                .signalled(signal: end.status)
            }
        box.fill(
            ProcessOutcome(
                ending: ending,
                stoppedFor: stoppedFor,
                lastErrorLine: lastError.text,
                outputWasCut: log.wasCut || redirected?.wasCut == true,
                outputError: log.failure ?? redirected?.failure
            )
        )
    }
}
