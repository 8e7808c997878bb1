import ArgumentParser

/// A client command that switches a purge policy on or off.
protocol PolicySwitch: ClientVerb {
    static var isEnabled: Bool { get }
    var policy: String { get }
}

extension PolicySwitch {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let id = try PolicyNoun.id(policy)
        let stored = try await session.client.object(id, version: nil)
        guard case .object(var members) = stored else {
            throw ClientFailure(exit: .other, message: "the answer holds no policy")
        }
        guard members["enabled"] != .flag(Self.isEnabled) else {
            return try ObjectSummary(object: stored).show(in: session)
        }
        members["enabled"] = .flag(Self.isEnabled)
        let version = members["version"]?.whole.flatMap { Int(exactly: $0) }
        let reply = try await session.client.putObject(id, ReplyValue.object(members).json(), version: version)
        return try ObjectSummary(object: reply).show(in: session)
    }
}
