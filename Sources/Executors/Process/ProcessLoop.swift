import CProcess
@preconcurrency import Glibc
import SchedulerCore

/// The supervisor's thread: the only one that knows the processes, so nothing here needs a lock.
final class ProcessLoop {
    /// Bytes read from one pipe before the next one has its turn.
    private static let readBytes = 64 << 10
    /// Bytes taken at most from a pipe at once when its leader has ended: the largest pipe a process may ask for.
    private static let drainBytes = 1 << 20
    /// Time for others to finish writing to the pipes of a leader that has ended (runtime §9.1).
    private static let drainTime: UInt64 = 1_000_000_000
    /// Nanoseconds after which killed processes are looked at again if no end was announced.
    static let sweepPause: UInt64 = 100_000_000
    /// Least time between two looks at an orphan that shows no environment, in nanoseconds.
    static let lookPause: UInt64 = 1_000_000
    /// Looks at such an orphan in a time as long as it has shown none.
    static let looksPerAge: UInt64 = 4

    let mailbox: ProcessMailbox
    let watch: ProcessWatch
    let adoption: ProcessSupervisor.Adoption
    let bootID: String
    private let files: OpenFiles?
    private let ledger: ProcessLedger?
    /// How long an orphan may show no environment before it is taken for a stranger, in nanoseconds.
    let environmentTime: UInt64
    var processes: [ProcessKey: SupervisedProcess] = [:]
    /// Processes of which what is left is being killed.
    var sweeping: Set<ProcessKey> = []
    /// Processes with a deadline.
    private var timed: Set<ProcessKey> = []
    private var nextKey: ProcessKey = 1
    private var closing: [CheckedContinuation<Void, Never>]?
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBytes, alignment: 16)
    /// Children that are no leaders, as known from the last look.
    var adopted: [Int32: AdoptedProcess] = [:]
    /// A look at the children is due.
    var childrenChanged = false
    /// When one is due whatever happens, since some orphan may show its environment by then; by the monotonic clock.
    var nextLook: UInt64?

    /// - Parameters:
    ///   - mailbox: brings commands.
    ///   - watch: what the thread sleeps on.
    ///   - adoption: what unknown children are.
    ///   - bootID: of the present boot.
    ///   - files: limit of open files for jobs that have none of their own.
    ///   - ledger: notes what runs.
    ///   - environmentTime: how long an orphan may show no environment, in nanoseconds.
    init(
        mailbox: ProcessMailbox,
        watch: ProcessWatch,
        adoption: ProcessSupervisor.Adoption,
        bootID: String,
        files: OpenFiles?,
        ledger: ProcessLedger?,
        environmentTime: UInt64
    ) {
        self.mailbox = mailbox
        self.watch = watch
        self.adoption = adoption
        self.bootID = bootID
        self.files = files
        self.ledger = ledger
        self.environmentTime = environmentTime
    }

    deinit { buffer.deallocate() }

    func run() {
        while closing == nil || !processes.isEmpty {
            for event in watch.wait(atMost: timeToNextDeadline()) { handle(event) }
            let now = MonotonicClock.now()
            for key in timed {
                guard let process = processes[key], let deadline = process.deadline, deadline <= now else { continue }
                setDeadline(of: process, to: nil)
                deadlinePassed(of: process)
            }
            if childrenChanged || nextLook.map({ $0 <= now }) ?? false { lookAfterChildren() }
        }
        ledger?.remove()
        for command in mailbox.close() { refuse(command) }
        for continuation in closing ?? [] { continuation.resume() }
    }

    // MARK: Commands

    private func handle(_ event: ProcessWatch.Event) {
        switch event {
        case .command: for command in mailbox.take() { perform(command) }
        case .childEnded: childrenChanged = true
        case .process(let key, let channel):
            guard let process = processes[key] else { return }
            switch channel {
            case .control: readControl(of: process)
            case .output, .error: pump(process, channel, atMost: Self.readBytes)
            case .exit: leaderEnded(process)
            }
        }
    }

    private func perform(_ command: ProcessCommand) {
        switch command {
        case .prepare(let specification, let box, let continuation):
            guard closing == nil else { return refuse(command) }
            continuation.resume(with: Result { try prepare(specification, box) })
        case .release(let key):
            guard let process = processes[key], process.phase == .gated else { return }
            process.phase = .running
            // It may have been killed already: then its end tells.
            if let control = process.descriptor(.control) { _ = cprocess_release(control) }
        case .abandon(let key):
            if let process = processes[key], process.phase == .gated { process.close(.control) }
        case .terminate(let key, let reason, let grace):
            if let process = processes[key] { terminate(process, reason, grace) }
        case .close(let continuation):
            closing = (closing ?? []) + (continuation.map { [$0] } ?? [])
            for process in processes.values { terminate(process, .nodeStopping, .zero) }
        }
    }

    private func refuse(_ command: ProcessCommand) {
        switch command {
        case .prepare(_, _, let continuation): continuation.resume(throwing: ProcessSupervisorClosed())
        case .close(let continuation): continuation?.resume()
        case .release, .abandon, .terminate: break
        }
    }

    // MARK: Start

    private func prepare(
        _ specification: ProcessSpecification,
        _ box: OutcomeBox
    ) throws -> (ProcessKey, ProcessIdentity) {
        let log = try BoundedFile(specification.log)
        let redirected = try specification.redirectedOutput.map(BoundedFile.init)
        let plan = StartPlan(specification, files: files)
        let child = try plan.start()
        // The child cannot be gone: nobody but this thread reaps it.
        let ticks = ProcessFiles.stat(of: child.pid)?.startTicks ?? 0
        let identity = ProcessIdentity(pid: child.pid, startTicks: ticks, bootID: bootID)
        // A server that may not raise this limit works without: session, group and environment remain.
        _ = cprocess_set_tag(child.pid, DescentTag(identity).value)
        ledger?.enter(identity)
        let process = SupervisedProcess(
            key: nextKey,
            child: child,
            identity: identity,
            mark: specification.markVariable.flatMap { specification.environment[$0] },
            plan: plan,
            files: (log, redirected),
            box: box,
            watch: watch
        )
        nextKey += 1
        processes[process.key] = process
        for channel in SupervisedProcess.Channel.allCases where !watch.add(process, channel) {
            let failure = ProcessSystemError("watching a process")
            terminate(process, .nodeStopping, .zero)
            throw failure
        }
        return (process.key, identity)
    }

    /// The child says why it failed, or closes its end: at its exec, or when it dies.
    private func readControl(of process: SupervisedProcess) {
        guard let control = process.descriptor(.control) else { return }
        var failure = cprocess_failure()
        let size = MemoryLayout<cprocess_failure>.size
        let count = recv(control, &failure, size, 0)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        if count == size { process.startFailure = ProcessStartFailure(failure) }
        process.close(.control)
    }

    // MARK: Output

    /// - Returns: false if the pipe is empty for now or at its end.
    @discardableResult
    private func pump(_ process: SupervisedProcess, _ channel: SupervisedProcess.Channel, atMost limit: Int) -> Bool {
        guard let pipe = process.descriptor(channel) else { return false }
        var taken = 0
        while taken < limit {
            let count = read(pipe, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return false }
            guard count > 0 else {
                process.close(channel)
                if process.phase == .draining, !process.pipesAreOpen { sweep(process) }
                return false
            }
            process.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), from: channel)
            taken += count
        }
        return true
    }

    private func drain(_ process: SupervisedProcess) {
        for channel in [SupervisedProcess.Channel.output, .error] { pump(process, channel, atMost: Self.drainBytes) }
    }

    // MARK: End

    private func terminate(_ process: SupervisedProcess, _ reason: StopReason, _ grace: Duration) {
        let deadline = MonotonicClock.deadline(after: grace)
        switch process.phase {
        case .gated, .running:
            if process.stoppedFor == nil {
                process.stoppedFor = reason
                signal(process, SIGTERM)
                // A stopped process would sleep through it.
                signal(process, SIGCONT)
            }
            if grace <= .zero {
                setDeadline(of: process, to: nil)
                signal(process, SIGKILL)
            } else if deadline < process.deadline ?? .max {
                setDeadline(of: process, to: deadline)
            }
        case .draining:
            if grace <= .zero { sweep(process) }
        case .sweeping: break
        }
    }

    private func deadlinePassed(of process: SupervisedProcess) {
        switch process.phase {
        case .gated, .running: signal(process, SIGKILL)
        case .draining: sweep(process)
        case .sweeping: childrenChanged = true
        }
    }

    /// The leader is not reaped before its process is forgotten, so its number cannot name a stranger.
    private func signal(_ process: SupervisedProcess, _ number: Int32) {
        // A child that has no group of its own yet gets it alone.
        if kill(-process.pid, number) != 0, errno == ESRCH { kill(process.pid, number) }
    }

    private func leaderEnded(_ process: SupervisedProcess) {
        process.close(.exit)
        setDeadline(of: process, to: nil)
        process.phase = .draining
        drain(process)
        guard process.phase == .draining else { return }
        if process.pipesAreOpen {
            setDeadline(of: process, to: MonotonicClock.now() &+ Self.drainTime)
        } else {
            sweep(process)
        }
    }

    /// Everything that is left must go now.
    private func sweep(_ process: SupervisedProcess) {
        process.phase = .sweeping
        sweeping.insert(process.key)
        setDeadline(of: process, to: nil)
        signal(process, SIGKILL)
        childrenChanged = true
    }

    /// Nothing of the process lives any more.
    func finish(_ process: SupervisedProcess, _ end: cprocess_end) {
        drain(process)
        readControl(of: process)
        setDeadline(of: process, to: nil)
        sweeping.remove(process.key)
        processes[process.key] = nil
        ledger?.leave(process.identity)
        process.finish(end)
    }

    // MARK: Time

    func setDeadline(of process: SupervisedProcess, to deadline: UInt64?) {
        process.deadline = deadline
        if deadline == nil { timed.remove(process.key) } else { timed.insert(process.key) }
    }

    private func timeToNextDeadline() -> UInt64? {
        let deadlines = timed.compactMap { processes[$0]?.deadline }
        guard let next = (deadlines + [nextLook].compactMap { $0 }).min() else { return nil }
        let now = MonotonicClock.now()
        return next > now ? next - now : 0
    }
}
