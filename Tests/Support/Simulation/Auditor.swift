package import SchedulerCore
import Synchronization

/// Watches a run from outside: a model of its own of what the specification allows, fed with every commit.
///
/// Numbers in the messages are the invariants of runtime §11.
package final class Auditor: Sendable {
    private struct Watched {
        var cancelBegun: Timestamp?
        var lastCheckIn: Timestamp?
        var forceCancels = 0
        var endings = 0
        var deadEpochs: Set<AttemptEpoch> = []
    }

    private struct State {
        var watched: [RequestID: Watched] = [:]
        var before = MemoryContent()
        var violations: [String] = []
    }

    private let state = Mutex(State())
    private let forceCancelAfter: Duration

    package init(forceCancelAfter: Duration) { self.forceCancelAfter = forceCancelAfter }

    package var violations: [String] { state.withLock { $0.violations } }

    /// Hears of every commit of commands, told to its caller or not.
    package func observe(_ commands: [RequestCommand], _ results: [CommandResult], at now: Timestamp) {
        state.withLock { state in
            for (command, result) in zip(commands, results) {
                observe(command, result, at: now, in: &state)
            }
        }
    }

    private func observe(_ command: RequestCommand, _ result: CommandResult, at now: Timestamp, in state: inout State) {
        let before = state.before.requests[command.requestID]
        var watched = state.watched[command.requestID] ?? Watched()
        defer { state.watched[command.requestID] = watched }
        let isApplied = result.outcome == .applied
        switch command.event {
        case .forceCancel:
            checkForceCancel(before, watched, result, now, &state)
            if isApplied {
                watched.forceCancels += 1
                if let epoch = before?.epoch { watched.deadEpochs.insert(epoch) }
            }
        case .checkIn(let handle), .report(.update, _, let handle):
            if isApplied {
                watched.lastCheckIn = now
                expect(!watched.deadEpochs.contains(handle), "I18 a dead handle checked in", command, &state)
            }
        case .report(_, _, let handle):
            if isApplied {
                expect(!watched.deadEpochs.contains(handle), "I18 a dead handle reported", command, &state)
            }
        default:
            break
        }
        if isApplied, let after = result.request, after.state.isTerminal, before?.state.isTerminal == false {
            watched.endings += 1
            expect(watched.endings == 1, "I19 the request ended \(watched.endings) times", command, &state)
        }
        if isApplied, result.request?.state == .cancelling, before?.state != .cancelling {
            watched.cancelBegun = now
        }
        if let request = result.request { state.before.requests[request.id] = request }
    }

    /// I16, I17: allowed exactly if state, wait and clock of runtime §3.2 hold, by the auditor's own clock.
    private func checkForceCancel(
        _ before: JobRequest?,
        _ watched: Watched,
        _ result: CommandResult,
        _ now: Timestamp,
        _ state: inout State
    ) {
        guard let before, before.deletedTime == nil else { return }
        let expected: ErrorCode?
        if before.state != .cancelling {
            expected = 1013
        } else if before.phase != .executeAsyncWait || before.isAsynchronous != true {
            expected = 1014
        } else {
            let begun = watched.cancelBegun ?? before.stateChangeTime
            let earliest = max(begun, watched.lastCheckIn ?? begun) + forceCancelAfter
            expected = now < earliest ? 1015 : nil
        }
        let actual: ErrorCode? = if case .refused(let error) = result.outcome { error.code } else { nil }
        if actual != expected {
            state.violations.append(
                "I16 forceCancel of \(before.id) in \(before.state.rawValue): "
                    + "\(actual.map { "\($0)" } ?? "200") instead of \(expected.map { "\($0)" } ?? "200")"
            )
        }
    }

    private func expect(_ holds: Bool, _ message: String, _ command: RequestCommand, _ state: inout State) {
        if !holds { state.violations.append("\(message): request \(command.requestID), \(command.event)") }
    }

    /// Compares the content with that of the last check.
    package func check(_ content: MemoryContent) {
        state.withLock { state in
            let before = state.before
            var found: [String] = []
            for request in content.requests.values.sorted(by: { $0.id < $1.id }) {
                let old = before.requests[request.id]
                found += Self.checkShape(of: request)
                found += Self.checkHistory(of: request, content.history[request.id] ?? [])
                if let old { found += Self.checkChange(from: old, to: request) }
                let forced = content.audit.filter {
                    $0.entry.action == "forceCancel" && $0.targetID == request.id.description
                }
                if forced.count != state.watched[request.id]?.forceCancels ?? 0 {
                    found.append("I20 \(forced.count) audit records of forceCancel for \(request.id)")
                }
            }
            found += Self.checkEpochs(content)
            state.violations += found
            state.before = content
        }
    }
}
