import CProcess
package import SchedulerCore
import Synchronization

/// Starts, watches and ends the processes of jobs. One per server.
///
/// The server's process becomes a child subreaper: descendants that lose their parent become its own children, so that
/// none can leave. One thread serves all: it pumps the pipes into files, sees ends, sweeps up what is left and reaps.
/// It installs a handler for SIGCHLD, which calls on the handler it found, and raises this process's limit of open
/// files.
///
/// Processes do not die with the server (no `PR_SET_PDEATHSIG`): that signal follows the thread that forked, not the
/// server, is lost at a change of user and reaches no descendants; the next server must look for those anyway
/// (`ProcessRecovery`). Only a process whose gate was not opened ends by itself: it runs nothing, ever.
package final class ProcessSupervisor: Sendable {
    /// What children that belong to no known job are taken for.
    package enum Adoption: Sendable {
        /// All children of this process come from jobs: unknown ones are reaped, and killed when no running job can
        /// be their origin. For a server that starts processes in no other way.
        case everyChild
        /// Other code of this process has children too: only what carries a job's mark is touched.
        case markedOnly
    }

    /// Far longer than an exec takes on a machine that is busy; the end of a job that may have left such an orphan is
    /// told so much later.
    package static let environmentTimeStandard = Duration.seconds(1)

    private let mailbox: ProcessMailbox

    /// - Parameters:
    ///   - adoption: what unknown children are taken for.
    ///   - ledgerFolder: where what runs is noted for the next server; nil: nowhere.
    ///   - environmentTime: how long an orphan may show no environment before it is taken for a stranger.
    /// - Throws: `ProcessSystemError`.
    package init(
        adoption: Adoption = .markedOnly,
        ledgerFolder: String? = nil,
        environmentTime: Duration = environmentTimeStandard
    ) throws {
        guard let bootID = ProcessFiles.bootID() else { throw ProcessSystemError("reading the boot id") }
        let code = cprocess_become_subreaper()
        guard code == 0 else { throw ProcessSystemError("becoming a subreaper", code: code) }
        let mailbox = try ProcessMailbox()
        let watch = try ProcessWatch(mailbox: mailbox)
        let files = OpenFiles.raise()
        let ledger = try ledgerFolder.map { try ProcessLedger(folder: $0) }
        try ProcessThread.start {
            ProcessLoop(
                mailbox: mailbox,
                watch: watch,
                adoption: adoption,
                bootID: bootID,
                files: files,
                ledger: ledger,
                environmentTime: MonotonicClock.nanoseconds(environmentTime)
            ).run()
        }
        self.mailbox = mailbox
    }

    deinit { _ = mailbox.post(.close(nil)) }

    /// Creates the process and stops it right before it executes its program.
    ///
    /// - Returns: the waiting process. Make its identity durable, then let it go; it ends if it is dropped, or when
    ///   this server dies.
    package func prepare(_ specification: ProcessSpecification) async throws -> PreparedProcess {
        let box = OutcomeBox()
        let (key, identity) = try await withCheckedThrowingContinuation { continuation in
            if !mailbox.post(.prepare(specification, box, continuation)) {
                continuation.resume(throwing: ProcessSupervisorClosed())
            }
        }
        return PreparedProcess(RunningProcess(identity: identity, key: key, mailbox: mailbox, box: box))
    }

    /// Kills everything that runs and returns when nothing lives any more; nothing can be started afterwards.
    package func close() async {
        await withCheckedContinuation { continuation in
            if !mailbox.post(.close(continuation)) { continuation.resume() }
        }
    }
}

/// The supervisor was closed.
package struct ProcessSupervisorClosed: Error, Sendable, CustomStringConvertible {
    package let description = "the server is stopping and starts no processes"
}

/// A process that waits before its exec.
package final class PreparedProcess: Sendable {
    package var identity: ProcessIdentity { process.identity }

    private let process: RunningProcess
    private let isDecided = Atomic(false)

    init(_ process: RunningProcess) { self.process = process }

    deinit { decide(.abandon(process.key)) }

    /// Lets it execute its program.
    package func release() -> RunningProcess {
        decide(.release(process.key))
        return process
    }

    /// Ends it and waits until it is gone; its program never runs. After `release()` it only waits.
    package func abandon() async {
        decide(.abandon(process.key))
        _ = await process.outcome()
    }

    private func decide(_ command: ProcessCommand) {
        if !isDecided.exchange(true, ordering: .relaxed) { process.post(command) }
    }
}

/// A process that was let go.
package final class RunningProcess: Sendable {
    package let identity: ProcessIdentity
    let key: ProcessKey
    private let mailbox: ProcessMailbox
    private let box: OutcomeBox

    init(identity: ProcessIdentity, key: ProcessKey, mailbox: ProcessMailbox, box: OutcomeBox) {
        self.identity = identity
        self.key = key
        self.mailbox = mailbox
        self.box = box
    }

    /// How it ended; when this returns nothing of it lives, all its output is in the files and its pipes are closed.
    /// Cancelling the task does not shorten the wait: `terminate` does.
    package func outcome() async -> ProcessOutcome { await box.value() }

    /// SIGTERM to the whole group, after `grace` SIGKILL to group and descendants. The first reason counts, a later
    /// call can only shorten the grace. Without effect when the leader has ended, save that a grace of zero ends the
    /// wait for its pipes.
    package func terminate(reason: StopReason, grace: Duration) {
        post(.terminate(key, reason: reason, grace: grace))
    }

    func post(_ command: ProcessCommand) { _ = mailbox.post(command) }
}
