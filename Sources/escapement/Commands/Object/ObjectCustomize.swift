import ArgumentParser
import SchedulerAPI

/// `escapement definition customize` and `jobset customize`.
struct ObjectCustomize<Noun: ObjectNoun>: ClientVerb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "customize",
            abstract: "Print the properties that are customised, give one a value, or with --reset take it back.",
            discussion: """
                Also of objects that are built in or come from the server's directory. Properties are \
                AsyncRequestTimeout, EnableTimeStatistics, EnableTrace, LogicalClusterName, Priority, RequestCategory \
                and Retries.
                """
        )
    }

    @Argument(help: "Id of the object.")
    var id: String

    @Argument(help: "Name of the property; without one all are printed.")
    var property: String?

    @Argument(help: "Its value.")
    var value: String?

    @Flag(help: "What the document says counts again.")
    var reset = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        let isChange = (value != nil) != reset
        if property != nil, !isChange { throw ValidationError("Give a value, or --reset.") }
        if property == nil, reset { throw ValidationError("--reset takes a property.") }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let id = try Noun.id(id)
        if let property {
            if let value {
                _ = try await session.client.send(.customizeObject(id, property, value))
            } else {
                try await session.client.send(.uncustomizeObject(id, property))
            }
        }
        let reply = try await session.client.send(.customizations(of: id))
        let rows = reply.items.map { $0.cells(["property", "value"]) }
        try session.show(reply) {
            rows.map { $0.joined(separator: "=") }
        } table: {
            TextTable.render(header: ["PROPERTY", "VALUE"], rows: rows)
        }
        return .done
    }
}
