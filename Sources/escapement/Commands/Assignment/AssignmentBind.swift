import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement assignment bind`.
struct AssignmentBind: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "bind",
        abstract: "Let a node work for an assignment; it acts at the next pass of every node."
    )

    @OptionGroup var bound: BoundAssignment

    @Flag(help: "Its requests run nowhere else.")
    var exclusive = false

    @Flag(help: "Bind it switched off: the node then rests for it.")
    var disabled = false

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(
            .bind(bound.id, to: bound.node, scope: exclusive ? .exclusive : .standard, isEnabled: !disabled)
        )
        switch session.form {
        case .json, .yaml: try session.show(whole: reply)
        case .table where session.isQuiet: break
        case .table:
            try session.console.data(reply.listing(first: ["workAssignment", "node", "scope", "enabled"]))
        }
        return .done
    }
}
