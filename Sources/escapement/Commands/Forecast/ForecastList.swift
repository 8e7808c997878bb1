import ArgumentParser
import SchedulerAPI

/// `escapement forecast list`.
struct ForecastList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print what will start, of the next day unless told otherwise; with --quiet only when it is due.",
        discussion: """
            Of schedules and of requests with a start time. A start without time is one that nobody can foresee; ends \
            are by half of the last 20 runs. Notes: GAP_SHIFTED, FIRST_OF_TWO and MERGED as those of previews, \
            SHIFT_CLOSED where no shift is on when it is due, DEFERRED where an earlier instance still runs then, \
            ON_HOLD where it, or its schedule, is held, NO_WORK_ASSIGNMENT where no assignment takes it.
            """
    )

    @Option(help: "First instant, such as 2027-03-01T00:00:00Z; else now.")
    var from: String?

    @Option(help: "End, not included; else a day after the first instant.")
    var to: String?

    @Option(
        name: .customLong("q"),
        help: ArgumentHelp("Only of requests, and of recurring parents, that match this filter.", valueName: "filter")
    )
    var filter: String?

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.forecast(from: from, to: to, filter: filter))
        let rows = reply.items.map { ForecastSummary(item: $0).row }
        try session.show(reply) {
            rows.map { $0[0] }
        } table: {
            TextTable.render(header: ForecastSummary.header, rows: rows)
        }
        if reply.truncated {
            let next = reply.nextFrom.map { "go on with --from \($0)" } ?? "choose a shorter stretch or a filter"
            session.message("more will start than is shown; \(next)")
        }
        return .done
    }
}
