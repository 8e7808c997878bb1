import CProcess
@preconcurrency import Glibc
import SchedulerCore
import Synchronization

/// Number of a process within its supervisor.
typealias ProcessKey = UInt64

/// What callers ask of the supervisor's thread.
enum ProcessCommand: Sendable {
    case prepare(ProcessSpecification, OutcomeBox, CheckedContinuation<(ProcessKey, ProcessIdentity), any Error>)
    case release(ProcessKey)
    case abandon(ProcessKey)
    case terminate(ProcessKey, reason: StopReason, grace: Duration)
    /// Kills everything; the continuation is resumed when nothing lives any more.
    case close(CheckedContinuation<Void, Never>?)
}

/// Carries commands to the supervisor's thread, which sleeps in the kernel between them.
final class ProcessMailbox: Sendable {
    private struct State {
        var commands: [ProcessCommand] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Readable while commands wait.
    let wake: Int32

    init() throws {
        wake = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wake >= 0 else { throw ProcessSystemError("creating an event descriptor") }
    }

    deinit { Glibc.close(wake) }

    /// - Returns: false if the supervisor has ended and nobody will read the command.
    func post(_ command: ProcessCommand) -> Bool {
        let posted = state.withLock { state in
            guard !state.isClosed else { return false }
            state.commands.append(command)
            return true
        }
        if posted { eventfd_write(wake, 1) }
        return posted
    }

    /// The waiting commands, oldest first.
    func take() -> [ProcessCommand] {
        var count: eventfd_t = 0
        eventfd_read(wake, &count)
        return state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Accepts nothing any more; returns what nobody has read.
    func close() -> [ProcessCommand] {
        state.withLock { state in
            state.isClosed = true
            defer { state.commands = [] }
            return state.commands
        }
    }
}
