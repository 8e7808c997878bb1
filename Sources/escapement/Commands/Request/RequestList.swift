import ArgumentParser

/// `escapement request list`.
struct RequestList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the requests that match, at most 200; with --quiet only their ids.",
        discussion: #"A filter is, for example, 'submitter eq "anna" and submissionTime gt "2027-03-01T00:00:00Z"'."#
    )

    /// How many requests the server puts on one page.
    static let pageSize = 200

    @Option(name: .customLong("q"), help: ArgumentHelp("Only requests that match this filter.", valueName: "filter"))
    var filter: String?

    @Option(help: "Only requests in this state, such as RUNNING.")
    var state: String?

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if let state, state.isEmpty || !state.utf8.allSatisfy(Self.isNameByte) {
            throw ValidationError("--state takes the name of a state, such as RUNNING.")
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let fields = session.form == .table ? RequestSummary.fields : []
        let reply = try await session.client.list(filter: combinedFilter, fields: fields)
        guard let items = reply["items"]?.list else {
            throw ClientFailure(exit: .other, message: "the answer holds no list of requests")
        }
        let rows = items.map { RequestSummary(details: $0).row }
        try session.show(reply) {
            rows.map { $0[0] }
        } table: {
            TextTable.render(header: RequestSummary.header, rows: rows)
        }
        if items.count >= Self.pageSize {
            session.message("only the first \(Self.pageSize) are shown; narrow the filter to see others")
        }
        return .done
    }

    /// `--state` and `--q` as one filter.
    var combinedFilter: String? {
        guard let state else { return filter }
        let byState = "state eq \"\(state.uppercased())\""
        return filter.map { "\(byState) and (\($0))" } ?? byState
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
