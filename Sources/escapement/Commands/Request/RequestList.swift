import ArgumentParser
import SchedulerAPI

/// `escapement request list`.
struct RequestList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the requests that match, 200 at a time; with --quiet only their ids.",
        discussion: #"A filter is, for example, 'submitter eq "anna" and submissionTime gt "2027-03-01T00:00:00Z"'."#
    )

    /// How many requests the server puts on one page.
    static let pageSize = 200

    @Option(name: .customLong("q"), help: ArgumentHelp("Only requests that match this filter.", valueName: "filter"))
    var filter: String?

    @Option(help: "Only requests in this state, such as RUNNING.")
    var state: String?

    @Option(help: "Only requests of this application.")
    var application: String?

    @Option(help: "Which page to print, from 1.")
    var page = 1

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if let state, state.isEmpty || !state.utf8.allSatisfy(Self.isNameByte) {
            throw ValidationError("--state takes the name of a state, such as RUNNING.")
        }
        if page < 1 { throw ValidationError("--page counts from 1.") }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let fields = session.form == .table ? RequestSummary.fields : []
        let reply = try await session.client.send(call(RequestQuery(filter: combinedFilter, fields: fields)))
        let rows = reply.items.map { RequestSummary(details: $0).row }
        try session.show(reply) {
            rows.map { $0[0] }
        } table: {
            TextTable.render(header: RequestSummary.header, rows: rows)
        }
        if reply.items.count >= Self.pageSize {
            let shown = page == 1 ? "only the first \(Self.pageSize) are shown" : "page \(page) is full"
            session.message("\(shown); see others with --page \(page + 1), or narrow the filter")
        }
        return .done
    }

    private func call(_ query: RequestQuery) -> ClientCall<RequestPageView> {
        guard let application else { return page == 1 ? .requests(query) : .requests(query, page: page) }
        return .requests(query, ofApplication: application, page: page == 1 ? nil : page)
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
