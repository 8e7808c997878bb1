import SchedulerAPI
import SchedulerCore

/// Waits for the end of a request, and passes its log on if asked.
struct RequestWaiter: Sendable {
    let session: ClientSession

    /// Time between two looks at the request: short at first, for short jobs, then longer.
    static let shortestPause: Duration = .milliseconds(200)
    static let longestPause: Duration = .seconds(2)
    private static let pauseFactor = 1.5
    /// A server that restarts is waited for: so many failures in a row, with growing pauses, some
    /// minute in all.
    static let failuresMax = 12
    static let longestFailurePause: Duration = .seconds(8)
    /// How much of the end of a log is looked through for its last lines, in bytes.
    static let tailBytesMax = 256 << 10

    private static let fields = RequestSummary.fields + ["processPhase", "errorWarningMessage"]

    /// Looks until the request has ended; its details then.
    func end(of id: Int64) async throws -> RequestView {
        defer { session.console.endProgress() }
        var pause = Self.shortestPause
        while true {
            let details = try await look(at: id)
            if isTerminal(details) { return details }
            try await session.waiting.sleep(pause)
            pause = min(pause * Self.pauseFactor, Self.longestPause)
        }
    }

    /// Passes the log on until the request has ended; its details then. Begins with the last `lines`
    /// lines of what is there already; nil = with all. All attempts write into one log.
    func follow(_ id: Int64, lines: Int?) async throws -> RequestView {
        var details = try await look(at: id)
        var offset = 0
        if let lines { offset = try await showEnd(of: id, lines: lines) }
        var pause = Self.shortestPause
        while true {
            let start = offset
            // The state was read first: what a finished request has logged is all there now.
            offset = try await pass(on: id, from: offset)
            if isTerminal(details) { return details }
            pause = offset > start ? Self.shortestPause : min(pause * Self.pauseFactor, Self.longestPause)
            try await session.waiting.sleep(pause)
            details = try await look(at: id)
        }
    }

    /// The exit status for a request that has ended, and a line for the user when it did not end well or
    /// when nothing else shows him the end.
    func verdict(on details: RequestView, strict: Bool, isShown: Bool = true) throws -> ClientExit {
        guard let state = details.state, let exit = ClientExit(terminalState: state, strict: strict) else {
            let state = details.cell("state")
            throw ClientFailure(exit: .other, message: "the request is in the unknown state \(state)")
        }
        if !isShown || (state != .succeeded && state != .finished) {
            let id = details.requestId.map { "\($0)" } ?? ""
            let reason = details.errorWarningMessage.map { ": \($0)" } ?? ""
            session.message("request \(id) ended \(state.rawValue)\(reason)")
        }
        return exit
    }

    private func isTerminal(_ details: RequestView) -> Bool {
        details.state.flatMap { ClientExit(terminalState: $0, strict: false) } != nil
    }

    private func look(at id: Int64) async throws -> RequestView {
        let details = try await patiently {
            try await session.client.send(.request(RequestID(id), fields: Self.fields))
        }
        let phase = details.processPhase.map { ", \($0.rawValue)" } ?? ""
        session.progress("request \(id): \(details.cell("state"))\(phase)")
        return details
    }

    private func pass(on id: Int64, from start: Int) async throws -> Int {
        var offset = start
        while true {
            let range = LogRange.from(offset)
            let piece = try await patiently {
                try await session.client.send(.log(RequestID(id), range: range))
            }
            guard let piece, !piece.bytes.isEmpty else { return offset }
            session.console.endProgress()
            try session.console.raw(piece.bytes)
            offset = piece.end
        }
    }

    private func showEnd(of id: Int64, lines: Int) async throws -> Int {
        let piece = try await patiently {
            try await session.client.send(.log(RequestID(id), range: .last(Self.tailBytesMax)))
        }
        guard let piece else { return 0 }
        try session.console.raw(Self.lastLines(lines, of: piece.bytes))
        return piece.end
    }

    static func lastLines(_ count: Int, of bytes: [UInt8]) -> [UInt8] {
        let lineEnd = UInt8(ascii: "\n")
        var missing = count
        var start = bytes.count
        while start > 0 {
            // The end of the last line does not begin another one.
            if bytes[start - 1] == lineEnd, start < bytes.count {
                missing -= 1
                if missing == 0 { break }
            }
            start -= 1
        }
        return Array(bytes[start...])
    }

    private func patiently<Result>(_ call: () async throws -> Result) async throws -> Result {
        var failures = 0
        var pause = Self.shortestPause
        while true {
            do {
                return try await call()
            } catch let failure as ClientFailure where failure.isTransient && failures < Self.failuresMax {
                failures += 1
                if failures == 1 { session.message("\(failure); trying again") }
                try await session.waiting.sleep(pause)
                pause = min(pause * 2, Self.longestFailurePause)
            }
        }
    }
}
