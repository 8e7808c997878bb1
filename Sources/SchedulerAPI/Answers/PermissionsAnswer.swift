package import SchedulerCore

/// Answer to permissions: each right by its name, a bundle held by whoever holds all its members (REST §5.8).
package struct PermissionsAnswer: Sendable {
    package let lineage: RequestLineage
    package let actions: RequestActionSet

    package init(lineage: RequestLineage, actions: RequestActionSet) {
        self.lineage = lineage
        self.actions = actions
    }

    package func encoded(by links: LinkBuilder) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        writer.name("links")
        links.write(lineage, to: &writer)
        writer.name("permissions")
        writer.beginObject()
        for (action, name) in Self.names { writer.member(name, actions.allows(action)) }
        writer.endObject()
        writer.member("requestId", lineage.requestId.value)
        writer.endObject()
        return writer.bytes
    }

    /// Members stand in ASCII order (REST §2.5).
    private static let names: [(RequestAction, JSONName)] = RequestAction.allCases
        .sorted { $0.rawValue < $1.rawValue }
        .map { ($0, JSONName($0.rawValue)) }
}
