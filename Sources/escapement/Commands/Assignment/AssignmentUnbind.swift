import ArgumentParser
import SchedulerAPI

/// `escapement assignment unbind`.
struct AssignmentUnbind: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "unbind",
        abstract: "Take a binding away; a node that nothing is bound to does everything that nobody has for himself."
    )

    @OptionGroup var bound: BoundAssignment

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.send(.unbind(bound.id, from: bound.node))
        return .done
    }
}
