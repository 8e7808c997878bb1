import SchedulerCore
import Synchronization

/// Watches the outbox from outside, fed with every commit: who must be told of what, by a model of its own (I61).
package final class OutboxAuditor: Sendable {
    private struct Expected: Hashable {
        let request: RequestID
        let channel: OutboxChannel
    }

    private struct State {
        var subscribed: Set<RequestID> = []
        var listening: Set<RequestID> = []
        var ended: Set<RequestID> = []
        var expected: Set<Expected> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var violations: [String] { state.withLock { $0.violations } }
    /// Ends that somebody must be told of.
    package var expectedCount: Int { state.withLock { $0.expected.count } }

    /// Hears of every commit with what is stored since.
    package func observe(_ commit: StoreCommit, content: MemoryContent) {
        state.withLock { state in
            // Who ends in a commit ends under the subscriptions of before: none of these commits does both.
            Self.check(content, &state)
            switch commit {
            case .submission(let request, let submission, _):
                if submission.callback != nil { state.subscribed.insert(request.id) }
                if submission.parameters.contains(where: { $0.name == EventListener.property }) {
                    state.listening.insert(request.id)
                }
            case .commands(let commands, let results):
                for (command, result) in zip(commands, results) where result.outcome == .applied {
                    Self.learn(command, &state)
                }
            default: break
            }
        }
    }

    private static func learn(_ command: RequestCommand, _ state: inout State) {
        switch command.event {
        case .subscribe: state.subscribed.insert(command.requestID)
        case .patch(let patch) where patch.callback != nil: state.subscribed.insert(command.requestID)
        case .unsubscribe: state.subscribed.remove(command.requestID)
        default: break
        }
    }

    /// Each end of a subscribed request has its one entry in the transaction of the end, nobody else has any.
    private static func check(_ content: MemoryContent, _ state: inout State) {
        for (id, request) in content.requests where request.state.isTerminal && !state.ended.contains(id) {
            state.ended.insert(id)
            var channels: Set<OutboxChannel> = []
            if state.subscribed.contains(id) { channels.insert(.callback) }
            let isInstance = request.lineage.type.isRecurringInstance
            if isInstance, let parent = request.lineage.parentID, state.subscribed.contains(parent) {
                channels.insert(.parentCallback)
            }
            for channel in channels { state.expected.insert(Expected(request: id, channel: channel)) }
            let made = content.outbox.values.filter { $0.requestID == id && $0.channel != .listener }
            if Set(made.map(\.channel)) != channels || made.count != channels.count {
                state.violations.append("I61 the end of \(id) has the entries \(made.map(\.channel)), not \(channels)")
            }
            for entry in made where entry.notice.state != request.state || entry.notice.cause != request.cause {
                state.violations.append("I61 the entry of \(id) tells \(entry.notice.state), not \(request.state)")
            }
        }
        for id in state.listening {
            let steps = (content.history[id] ?? []).filter { $0.refusal == nil && $0.from != $0.to }.map(\.to)
            let told = content.outbox.values.filter { $0.requestID == id && $0.channel == .listener }
                .sorted { $0.number < $1.number }.filter { $0.notice.event != .timedOut }.map(\.notice.state)
            if told != steps { state.violations.append("I61 the listener of \(id) is told \(told), not \(steps)") }
        }
    }

    /// Lays what was to be told beside what was taken, when all is over.
    ///
    /// - Parameters:
    ///   - content: what is stored.
    ///   - receiver: what it took.
    ///   - horizon: how long an entry was tried.
    /// - Returns: what went wrong.
    package func verdict(_ content: MemoryContent, _ receiver: SimulatedReceiver, horizon: Duration) -> [String] {
        let taken = receiver.taken
        let known = Set(taken.map(\.key))
        var found = violations
        for entry in content.outbox.values.sorted(by: { ($0.requestID, $0.number) < ($1.requestID, $1.number) }) {
            switch entry.status {
            case .pending: found.append("I61 entry \(entry.key) is pending")
            case .delivered where !known.contains(entry.key): found.append("I61 entry \(entry.key) reached nobody")
            case .expired where (entry.lastTry ?? entry.since) - entry.since < horizon:
                found.append("I61 entry \(entry.key) was given up before its horizon")
            case .delivered, .expired, .dropped: break
            }
        }
        var last: [String: Int] = [:]
        for entry in taken {
            let line = "\(entry.requestID) \(entry.channel)"
            if entry.number <= last[line] ?? 0 { found.append("I61 entry \(entry.key) came behind a later one") }
            last[line] = entry.number
        }
        return found
    }
}
