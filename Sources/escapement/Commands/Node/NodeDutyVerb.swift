/// A client command that stops or starts duties of one node and then shows where that stands.
protocol NodeDutyVerb: ClientVerb {
    /// Last part of the path.
    static var action: String { get }
    var target: TargetName { get }
    var duty: NodeDutyChoice { get }
}

extension NodeDutyVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        for (number, name) in duty.names.enumerated() {
            let node = try await session.client.perform(Self.action, duty: name, onNode: target.name)
            if number == duty.names.count - 1 { try NodeOutcome(reply: node).show(in: session) }
        }
        return .done
    }
}
