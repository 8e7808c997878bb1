import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request redeliver`.
struct RequestRedeliver: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "redeliver",
        abstract: "Have an event of a request told once more, at once, whatever became of it."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Argument(help: "Number of the delivery, as `deliveries` prints it.")
    var number: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.redeliver(number, of: RequestID(id)))
        try DeliveriesOutcome(items: [reply]).show(reply, in: session)
        return .done
    }
}
