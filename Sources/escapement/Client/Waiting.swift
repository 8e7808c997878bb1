/// How a command lets time pass; tests let none pass.
struct Waiting: Sendable {
    let sleep: @Sendable (Duration) async throws -> Void

    static let system = Waiting { duration in try await ContinuousClock().sleep(for: duration) }

    /// Runs `work`, at most for `limit`.
    ///
    /// - Throws: ``ClientFailure`` with status ``ClientExit/waitedTooLong`` when the time is over.
    func within<Result: Sendable>(
        _ limit: Duration?,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let limit else { return try await work() }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await sleep(limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                let time = DurationText.format(limit)
                throw ClientFailure(exit: .waitedTooLong, message: "not done within \(time); nothing was cancelled")
            }
            return result
        }
    }
}
