import Foundation

extension BenchServer {
    /// States that lie between submission and end of a request that neither fails nor is cancelled, in their order;
    /// those in BLOCKED come to READY again.
    private static let openStates = ["WAIT", "READY", "BLOCKED", "RUNNING", "COMPLETED"]
    private static let pollMicroseconds: UInt32 = 10_000
    /// Far enough that nothing submitted for it runs meanwhile.
    static let farStart = "2099-01-01T00:00:00Z"

    /// Submits so many requests that are not due while the benchmark runs.
    func fill(_ count: Int) throws {
        let message = messages.submit("NoOp", start: Self.farStart)
        _ = try Load.run(on: self, connections: Sizes.fillConnections, .calls(count)) { connection, _ in
            try connection.exchange(message, expecting: 201)
        }
    }

    /// Returns when no request is on its way to its end. Each state is asked for by one indexed query; all again where
    /// one was found, because what was BLOCKED becomes READY.
    func drain(within seconds: Double) throws {
        let connection = try Connection(port: port)
        let start = Instant.monotonic()
        var isEmpty = false
        while !isEmpty {
            isEmpty = true
            for state in Self.openStates {
                while try items(connection, #"state eq "\#(state)""#) > 0 {
                    isEmpty = false
                    guard Instant.seconds(since: start) < seconds else {
                        throw BenchmarkError("after \(seconds) s there are still requests in \(state)")
                    }
                    usleep(Self.pollMicroseconds)
                }
            }
        }
    }

    /// Throws unless exactly so many requests match.
    func check(_ filter: String, count: Int) throws {
        let connection = try Connection(port: port)
        let last = try items(connection, filter, offset: count - 1)
        let past = try items(connection, filter, offset: count)
        guard last == 1, past == 0 else { throw BenchmarkError("not exactly \(count) requests have \(filter)") }
    }

    /// Returns when at least so many requests match.
    func wait(_ filter: String, count: Int, within seconds: Double) throws {
        let connection = try Connection(port: port)
        let start = Instant.monotonic()
        while try items(connection, filter, offset: count - 1) == 0 {
            guard Instant.seconds(since: start) < seconds else {
                throw BenchmarkError("after \(seconds) s not yet \(count) requests have \(filter)")
            }
            usleep(Self.pollMicroseconds * 10)
        }
    }

    /// 1 or 0.
    private func items(_ connection: Connection, _ filter: String, offset: Int = 0) throws -> Int64 {
        let message = messages.list(filter, "&limit=1&offset=\(offset)&fields=requestId")
        let reply = try connection.exchange(message, expecting: 200)
        guard let count = reply.integer("count") else { throw BenchmarkError("no count in \(reply.text)") }
        return count
    }
}
