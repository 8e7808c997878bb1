import SchedulerAPI

/// A client command that stops or starts duties of one node and then shows where that stands.
protocol NodeDutyVerb: ClientVerb {
    static var action: DutyAction { get }
    var target: TargetName { get }
    var duty: NodeDutyChoice { get }
}

extension NodeDutyVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let duties = duty.duties
        for (number, duty) in duties.enumerated() {
            let node = try await session.client.send(.perform(Self.action, duty, onNode: target.name))
            if number == duties.count - 1 { try NodeOutcome(node: node).show(in: session) }
        }
        return .done
    }
}
