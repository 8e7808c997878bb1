import Foundation
import Synchronization

/// Callers that each wait for their answer before they call again.
enum Load {
    /// When callers stop.
    enum Extent {
        case seconds(Double)
        /// Calls of all together.
        case calls(Int)
    }

    /// Runs callers over connections of their own; `call` gets its connection and the number of the call, from 0.
    static func run(
        on server: BenchServer,
        connections: Int,
        _ extent: Extent,
        _ call: @escaping @Sendable (Connection, Int) throws -> Void
    ) throws -> LoadResult {
        let ports = server.ports
        let callers = Atomic(0)
        return try run(callers: connections, extent, server: server) {
            let number = callers.add(1, ordering: .relaxed).oldValue
            let connection = try Connection(port: ports[number % ports.count])
            return { number in try call(connection, number) }
        }
    }

    /// Runs callers, each made on its own thread before the clock starts. The processor time of `server` is counted,
    /// if the work is done by another process.
    static func run(
        callers: Int,
        _ extent: Extent,
        server: BenchServer?,
        _ makeCaller: @escaping @Sendable () throws -> (Int) throws -> Void
    ) throws -> LoadResult {
        let state = SharedState(callers: callers)
        let own = ProcessStatistics.ownCPUSeconds()
        let before = try server?.cpuSeconds() ?? 0
        try Workers.run(callers) { _ in
            let ready = Result { try makeCaller() }
            let start = state.meet()
            let caller = try ready.get()
            var samples = Samples()
            var perSecond: [Int] = []
            while true {
                let number = state.next()
                let called = Instant.monotonic()
                switch extent {
                case .seconds(let seconds):
                    if Double(called - start) >= seconds * 1e9 { return state.add(samples, perSecond) }
                case .calls(let count): if number >= count { return state.add(samples, perSecond) }
                }
                try caller(number)
                let after = Instant.monotonic()
                samples.add(milliseconds: Double(after - called) / 1e6)
                let second = Int((after - start) / 1_000_000_000)
                while perSecond.count <= second { perSecond.append(0) }
                perSecond[second] += 1
            }
        }
        return state.result(
            ownCPUSeconds: ProcessStatistics.ownCPUSeconds() - own,
            serverCPUSeconds: try server.map { try $0.cpuSeconds() - before }
        )
    }

    private final class SharedState: Sendable {
        private let callers: Int
        private let number = Atomic(0)
        private let meeting = NSCondition()
        private let met = Mutex((count: 0, start: Int64(0)))
        private let sum = Mutex((samples: Samples(), perSecond: [Int](), end: Int64(0)))

        init(callers: Int) { self.callers = callers }

        func next() -> Int { number.add(1, ordering: .relaxed).oldValue }

        /// Waits until all callers are ready.
        ///
        /// - Returns: when the last was.
        func meet() -> Int64 {
            meeting.lock()
            defer { meeting.unlock() }
            let isLast = met.withLock {
                $0.count += 1
                if $0.count == callers { $0.start = Instant.monotonic() }
                return $0.count == callers
            }
            if isLast { meeting.broadcast() }
            while met.withLock({ $0.start }) == 0 { meeting.wait() }
            return met.withLock { $0.start }
        }

        func add(_ samples: Samples, _ perSecond: [Int]) {
            let now = Instant.monotonic()
            sum.withLock {
                $0.samples.add(samples)
                $0.end = max($0.end, now)
                for (second, count) in perSecond.enumerated() {
                    if $0.perSecond.count <= second { $0.perSecond.append(0) }
                    $0.perSecond[second] += count
                }
            }
        }

        func result(ownCPUSeconds: Double, serverCPUSeconds: Double?) -> LoadResult {
            let start = met.withLock { $0.start }
            return sum.withLock {
                $0.samples.sort()
                let seconds = Double($0.end - start) / 1e9
                return LoadResult(
                    samples: $0.samples,
                    seconds: seconds,
                    perSecond: Array($0.perSecond.prefix(Int(seconds))),
                    ownCPUSeconds: ownCPUSeconds,
                    serverCPUSeconds: serverCPUSeconds
                )
            }
        }
    }
}
