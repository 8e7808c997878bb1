import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement schedule preview`.
struct PreviewVerb: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print the instants of a schedule; with --quiet only those that will be made, in UTC.",
        discussion: """
            The schedule is a stored one, by its id, or made of rules of RFC 5545, such as FREQ=DAILY;BYHOUR=6. \
            Notes: GAP_SHIFTED and FIRST_OF_TWO at changes of the clock, MERGED where several rules meet, \
            EXCLUDED where no instance will be made.
            """
    )

    @Argument(help: "Id of a stored schedule, such as Schedule://acme/Daily.")
    var id: String?

    @Option(name: .customLong("rule"), parsing: .singleValue, help: "Rule; may be given repeatedly.")
    var rules: [String] = []

    @Option(help: "Zone of the rules, such as Europe/Berlin; else the server's.")
    var timezone: String?

    @Option(help: "First instant to show, such as 2027-03-01T00:00; else now.")
    var from: String?

    @Option(help: "Last instant to show; else as many as --max allows.")
    var to: String?

    @Option(help: "Instants at most, 1 to 1000.")
    var max = 20

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard (id == nil) != rules.isEmpty else {
            throw ValidationError("Give the id of a schedule, or rules by --rule.")
        }
        if timezone != nil, rules.isEmpty { throw ValidationError("--timezone goes with --rule.") }
        guard (1...1000).contains(max) else { throw ValidationError("--max is 1 to 1000.") }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let schedule = id.map { ScheduleChoice.stored($0) } ?? .rules(rules, zone: timezone)
        let reply = try await session.client.send(.preview(schedule, from: from, to: to, max: max))
        if session.form == .table, let text = reply.text { session.message(text) }
        try session.show(reply) {
            reply.instants.filter { !$0.notes.contains(.excluded) }.map(\.utc)
        } table: {
            let cells = reply.instants.map { instant in
                [instant.utc, instant.local ?? "", instant.notes.map(\.rawValue).joined(separator: " ")]
            }
            return TextTable.render(header: ["UTC", "LOCAL", "NOTES"], rows: cells)
        }
        return .done
    }
}
