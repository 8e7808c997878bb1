import ArgumentParser
import SchedulerAPI

/// A client command that switches a purge policy on or off.
protocol PolicySwitch: ClientVerb {
    static var isEnabled: Bool { get }
    var policy: String { get }
}

extension PolicySwitch {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let id = try PolicyNoun.id(policy)
        let stored = try await session.client.send(.object(id))
        guard case .object(var members) = ReplyValue(stored.json) else {
            throw ClientFailure(exit: .other, message: "the answer holds no policy")
        }
        guard members["enabled"] != .flag(Self.isEnabled) else {
            return try ObjectSummary(object: stored).show(in: session)
        }
        members["enabled"] = .flag(Self.isEnabled)
        let reply = try await session.client.send(
            .putObject(id, ReplyValue.object(members).json(), .version(stored.version))
        )
        return try ObjectSummary(object: reply).show(in: session)
    }
}
