import Executors
import Logging
import SchedulerCore
import Synchronization

/// Remembers what Swift jobs write and ask.
final class RecordingContent: ContentWriting {
    struct Failure: Error {}

    private struct State {
        var lines: [String] = []
        var outputs: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())
    private let fails: Bool

    init(fails: Bool = false) { self.fails = fails }

    var lines: [String] { state.withLock { $0.lines } }
    var outputs: [String: [UInt8]] { state.withLock { $0.outputs } }

    func appendLog(_ line: String, of id: RequestID, level: JobLogLevel, at time: Timestamp) throws {
        if fails { throw Failure() }
        state.withLock { $0.lines.append("\(id) \(level.label) \(line)") }
    }

    func writeOutput(_ bytes: [UInt8], name: String, of id: RequestID) throws {
        if fails { throw Failure() }
        state.withLock { $0.outputs[name] = bytes }
    }

    func collectOutputs(from directory: String, of id: RequestID) throws -> OutputCollection { OutputCollection() }

    func remove(_ id: RequestID) throws {}
}

/// Answers check-ins as the test says.
final class RecordingReports: InvocationReporting {
    let checkIns = EventQueue<String>()
    private let answer: Atomic<Bool>

    init(cancelling: Bool = false) { answer = Atomic(cancelling) }

    func checkIn(_ request: RequestID, handle: String) async throws -> Bool {
        checkIns.add("\(request) \(handle)")
        return answer.load(ordering: .relaxed)
    }
}

/// Takes sub-requests, numbered from 100, or refuses them as the test says.
final class RecordingSubRequests: SubRequestSubmitting {
    struct Call: Hashable, Sendable {
        let order: SubRequestOrder
        let parent: RequestID
        let handle: String
    }

    private let state = Mutex<[Call]>([])
    private let refusal: (any Error)?

    init(refusal: (any Error)? = nil) { self.refusal = refusal }

    var calls: [Call] { state.withLock { $0 } }

    func submit(_ order: SubRequestOrder, below parent: RequestID, handle: String) async throws -> RequestID {
        if let refusal { throw refusal }
        return state.withLock { calls in
            calls.append(Call(order: order, parent: parent, handle: handle))
            return RequestID(99 + Int64(calls.count))
        }
    }
}

/// A log that nobody reads.
let silentLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
