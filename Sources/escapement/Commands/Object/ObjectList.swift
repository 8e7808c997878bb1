import ArgumentParser

/// `escapement definition list` and the like.
struct ObjectList<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "Print the objects that match; with --quiet only their ids.",
            discussion: #"A filter is, for example, 'package sw "/acme" and updatedTime gt "2027-03-01T00:00:00Z"'."#
        )
    }

    @Option(name: .customLong("q"), help: ArgumentHelp("Only objects that match this filter.", valueName: "filter"))
    var filter: String?

    @Option(help: ArgumentHelp("Field to sort by, such as updatedTime:desc; else the id.", valueName: "field"))
    var order: String?

    @Option(help: ArgumentHelp("Print at most so many.", valueName: "count"))
    var limit = 200

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number of at least 1.") }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.objects(Noun.kind, filter: filter, order: order, limit: limit)
        let objects = (reply["items"]?.list ?? []).map(ObjectSummary.init)
        try session.show(reply) {
            objects.map(\.id)
        } table: {
            TextTable.render(header: ObjectSummary.header, rows: objects.map(\.row))
        }
        if reply["nextCursor"] != nil {
            session.message("only the first \(objects.count) are shown; narrow the filter or raise --limit")
        }
        return .done
    }
}
