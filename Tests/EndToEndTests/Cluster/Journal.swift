import Synchronization

/// What the clients were told, and when: the oracle of the fault tests. It lives in the test, which no fault meets.
final class Journal: Sendable {
    struct Entry: Sendable {
        let id: Int64
        let node: String
        let kind: JobKind
        let time: Duration
    }

    private struct State: Sendable {
        var entries: [Entry] = []
        /// Instants of answers 503.
        var unavailable: [Duration] = []
        var unavailableWithoutRetryAfter = 0
        /// Calls that got no answer.
        var unanswered = 0
        /// Any other answer, with its instant.
        var unexpected: [(time: Duration, text: String)] = []
    }

    private let watch = Stopwatch()
    private let state = Mutex(State())

    var now: Duration { watch.elapsed }
    var entries: [Entry] { state.withLock { $0.entries } }
    var ids: [Int64] { entries.map(\.id) }
    var unavailableCount: Int { state.withLock { $0.unavailable.count } }
    var unavailableWithoutRetryAfter: Int { state.withLock { $0.unavailableWithoutRetryAfter } }
    var unanswered: Int { state.withLock { $0.unanswered } }

    func acknowledge(_ id: Int64, by node: String, _ kind: JobKind) {
        let time = now
        state.withLock { $0.entries.append(Entry(id: id, node: node, kind: kind, time: time)) }
    }

    func note(_ reply: ServerProcess.Reply, from node: String) {
        let time = now
        state.withLock { state in
            guard reply.status == 503 else {
                state.unexpected.append((time, "\(node): \(reply.status) \(reply.body)"))
                return
            }
            state.unavailable.append(time)
            let seconds = reply.header("Retry-After").flatMap { Int($0) } ?? 0
            if seconds < 1 { state.unavailableWithoutRetryAfter += 1 }
        }
    }

    func noteUnanswered() { state.withLock { $0.unanswered += 1 } }

    /// Answers that were neither 201 nor 503, outside of the given times.
    func unexpected(outside times: [ClosedRange<Duration>] = []) -> [String] {
        state.withLock { $0.unexpected }
            .filter { answer in !times.contains { $0.contains(answer.time) } }
            .map(\.text)
    }

    var unexpectedCount: Int { state.withLock { $0.unexpected.count } }

    /// Acknowledged submits a second: the median of samples of a second, which one stall does not spoil.
    ///
    /// - Parameters:
    ///   - from: instant of the first sample.
    ///   - end: instant after the last.
    /// - Returns: submits a second.
    func rate(from: Duration, to end: Duration) -> Double {
        let length = Swift.max(0.001, (end - from).seconds)
        let count = Swift.max(1, Int(length))
        var samples = [Double](repeating: 0, count: count)
        for entry in entries where entry.time >= from && entry.time < end {
            let index = Int((entry.time - from).seconds / length * Double(count))
            samples[Swift.min(index, count - 1)] += 1
        }
        return (samples.median ?? 0) * Double(count) / length
    }
}

/// What clients submit.
enum JobKind: String, CaseIterable, Sendable {
    /// Ends at once, inside the server.
    case noOp = "NoOp"
    /// Sleeps inside the server.
    case nap = "Nap"
    /// A process that writes a line.
    case journal = "Journal"
    /// A process that takes its time.
    case slow = "Slow"

    var isProcess: Bool { self == .journal || self == .slow }

    func arguments(_ folder: TestFolder) -> [String] {
        switch self {
        case .noOp: []
        case .nap: ["2"]
        case .journal: [folder.path("")]
        case .slow: [folder.path(""), "2"]
        }
    }
}
