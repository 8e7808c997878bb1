import ArgumentParser
import SchedulerAPI

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
        let (found, next) = try await objects(session.client)
        let objects = found.map(ObjectSummary.init)
        var reply: [String: ReplyValue] = [
            "count": .whole(Int64(found.count)), "items": .list(found.map { ReplyValue($0.json) }),
        ]
        reply["nextCursor"] = next.map { .text($0) }
        try session.show(.object(reply)) {
            objects.map(\.id)
        } table: {
            TextTable.render(header: ObjectSummary.header, rows: objects.map(\.row))
        }
        if next != nil {
            session.message("only the first \(objects.count) are shown; narrow the filter or raise --limit")
        }
        return .done
    }

    /// The first objects, of as many pages as it takes, and where there are more.
    private func objects(_ client: ServerClient) async throws -> (found: [ObjectView], next: String?) {
        var found: [ObjectView] = []
        var cursor: String?
        repeat {
            let page = try await client.send(
                .objects(
                    Noun.kind,
                    filter: filter,
                    orderBy: order,
                    limit: min(limit - found.count, Int(WireLimits.listRange.upperBound)),
                    cursor: cursor
                )
            )
            found += page.items
            cursor = page.items.isEmpty ? nil : page.nextCursor
        } while cursor != nil && found.count < limit
        return (found, cursor)
    }
}
