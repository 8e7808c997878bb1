import HTTPTypes

/// Calls about purges (administration §6.5).
extension ServerClient {
    private static let purge = "/api/v1/purge"
    /// Runs among which one is looked for.
    private static let runsSought = 500

    /// The run as it begins.
    func runPurge(policy: String, isDryRun: Bool) async throws -> ReplyValue {
        let body = ReplyValue.object(["policy": .text(policy), "dryRun": .flag(isDryRun)])
        return try await json(.post, "\(Self.purge)/run", body: try body.json())
    }

    /// Newest first.
    func purgeRuns(limit: Int) async throws -> ReplyValue {
        try await json(.get, "\(Self.purge)/runs", query: [("limit", String(limit))])
    }

    /// A run; nil where it is too old to be known.
    func purgeRun(_ id: Int64) async throws -> ReplyValue? {
        try await purgeRuns(limit: Self.runsSought)["items"]?.list?.first { $0["id"]?.whole == id }
    }
}
