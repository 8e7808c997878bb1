import SchedulerCore
import Testing

/// Changes of metadata: guarded, whole or not at all, with history and audit.
package enum MetadataChecks {
    private static let first = "JobDefinition://acme/A"
    private static let second = "JobSet://acme/B"
    private static let anna = AuditEntry(principal: "anna", action: "apply", authMethod: "basic", trace: "ff")

    package static let all: [StoreCheck] = [
        StoreCheck("who made an object and who changed it last are kept apart") { test in
            let created = test.time.now()
            _ = try await change([put(first, "1"), put(second, "1")], in: test)
            test.time.advance(by: .seconds(1))
            let bert = AuditEntry(principal: "bert", action: "update")
            _ = try await test.store.changeMetadata(MetadataChangeSet([put(first, "2")]), audit: bert)
            let stored = try await test.store.metadata()
            #expect(stored.map(\.createdBy) == ["anna", "anna"])
            #expect(stored.map(\.createdTime) == [created, created])
            #expect(stored.map(\.updatedBy) == ["bert", "anna"])
            #expect(stored.map(\.updatedTime) == [test.time.now(), created])
        },
        StoreCheck("A15: if one object moved on, nothing of the change is written") { test in
            _ = try await change([put(first, "1"), put(second, "1")], in: test)
            _ = try await change([put(second, "2", base: 1)], in: test)
            let before = try await test.store.metadata()
            let revision = try await test.store.metadataRevision()
            await #expect(throws: MetadataConflict.movedOn(id: second, base: 1, current: 2)) {
                try await change([put(first, "9", base: 1), put(second, "9", base: 1)], in: test)
            }
            await #expect(throws: MetadataConflict.movedOn(id: first, base: 0, current: 1)) {
                try await change([put(first, "9", base: 0)], in: test)
            }
            await #expect(throws: MetadataConflict.movedOn(id: first, base: 2, current: 1)) {
                try await change([MetadataChange(first, .delete, base: 2)], in: test)
            }
            #expect(try await test.store.metadata() == before)
            #expect(try await test.store.metadataRevision() == revision)
            #expect(try await trail(first, in: test).count == 1)
        },
        StoreCheck("A14: of many that change one version, one does") { test in
            _ = try await change([put(first, "0")], in: test)
            let changed = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...8 {
                    group.addTask {
                        do {
                            _ = try await change([put(first, "\(number)", base: 1)], in: test)
                            return 1
                        } catch is MetadataConflict {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(changed == 1)
            #expect(try await test.store.metadata().map(\.version) == [2])
        },
        StoreCheck("what was decided on other metadata is stale, whichever object that was") { test in
            _ = try await change([put(first, "1")], in: test)
            let revision = try await test.store.metadataRevision()
            _ = try await change([put(second, "1")], in: test)
            await #expect(throws: MetadataConflict.stale) {
                try await test.store.changeMetadata(
                    MetadataChangeSet([put(first, "2")], revision: revision),
                    audit: anna
                )
            }
            let now = try await test.store.metadataRevision()
            let outcomes = try await test.store.changeMetadata(
                MetadataChangeSet([put(first, "2")], revision: now),
                audit: anna
            )
            #expect(outcomes == [MetadataOutcome(first, .updated, version: 2)])
        },
        StoreCheck("each object that changed leaves one audit record, an unchanged one none") { test in
            let outcomes = try await change([put(first, "1"), put(second, "1")], in: test)
            #expect(outcomes.map(\.kind) == [.created, .created])
            let mixed = try await change(
                [put(first, "1"), MetadataChange(second, .delete), MetadataChange("User://x", .delete)],
                in: test
            )
            #expect(mixed.map(\.kind) == [.unchanged, .deleted, .unchanged])
            #expect(mixed.map(\.version) == [1, 0, 0])
            #expect(try await trail(first, in: test).map(\.entry.action) == ["create"])
            let records = try await test.store.auditTrail(targetKind: "JobSet", targetID: second)
            #expect(records.map(\.entry.action) == ["create", "delete"])
            #expect(records.last?.entry == anna.with(action: "delete"))
            #expect(records.last?.outcome == .ok)
        },
        StoreCheck("the newest versions are kept, each as it was, with what was said of it") { test in
            let count = MetadataLimits.versionsMax + 3
            for number in 1...count {
                let set = MetadataChangeSet([put(first, "\(number)")], comment: number == count ? "last" : nil)
                _ = try await test.store.changeMetadata(set, audit: anna)
            }
            let versions = try await test.store.metadataVersions(of: first)
            #expect(versions.map(\.version) == Array((4...count).reversed()))
            #expect(versions.map(\.document) == (4...count).reversed().map { "\($0)" })
            #expect(versions.map(\.comment).prefix(2) == ["last", nil])
            #expect(versions.allSatisfy { $0.updatedBy == "anna" && $0.id == first })
            #expect(try await test.store.metadataVersions(of: second).isEmpty)
        },
        StoreCheck("an object that is created again counts its versions on") { test in
            _ = try await change([put(first, "1"), put(first, "2")], in: test)
            _ = try await change([MetadataChange(first, .delete)], in: test)
            #expect(try await test.store.metadataVersions(of: first).map(\.version) == [2, 1])
            let again = try await change([put(first, "1", base: 0)], in: test)
            #expect(again == [MetadataOutcome(first, .created, version: 3)])
            // Within one change as well.
            let atOnce = try await change([MetadataChange(first, .delete), put(first, "1")], in: test)
            #expect(atOnce.map(\.version) == [0, 4])
            #expect(try await test.store.metadata().map(\.version) == [4])
        },
        StoreCheck("a change of the origin alone makes no version") { test in
            _ = try await change([put(first, "1")], in: test)
            let taken = try await change([put(first, "1", origin: "DIRECTORY")], in: test)
            #expect(taken == [MetadataOutcome(first, .updated, version: 1)])
            #expect(try await test.store.metadata().map(\.origin) == ["DIRECTORY"])
            #expect(try await test.store.metadataVersions(of: first).count == 1)
        },
        StoreCheck("customised properties stand beside the document and go with the object") { test in
            _ = try await change([put(first, "1"), put(second, "1")], in: test)
            let outcomes = try await change(
                [customize(first, "7"), customize(first, "8", "Retries"), customize(first, "7")],
                in: test
            )
            #expect(outcomes.map(\.kind) == [.customized, .customized, .unchanged])
            _ = try await change([put(first, "2")], in: test)
            #expect(try await stored(first, in: test)?.customizations == ["Priority": "7", "Retries": "8"])
            #expect(try await stored(first, in: test)?.version == 2)
            #expect(try await stored(second, in: test)?.customizations.isEmpty == true)
            let revision = try await test.store.metadataRevision()
            _ = try await change([customize(first, nil)], in: test)
            #expect(try await test.store.metadataRevision() > revision)
            #expect(try await stored(first, in: test)?.customizations == ["Retries": "8"])
            #expect(try await trail(first, in: test).map(\.entry.action).suffix(2) == ["update", "customize"])
            _ = try await change([MetadataChange(first, .delete)], in: test)
            _ = try await change([put(first, "1")], in: test)
            #expect(try await stored(first, in: test)?.customizations.isEmpty == true)
            await #expect(throws: MetadataConflict.self) {
                try await change([customize("JobDefinition://acme/None", "1")], in: test)
            }
        },
    ]

    private static func put(
        _ id: String,
        _ document: String,
        origin: String = "API",
        base: Int? = nil
    ) -> MetadataChange {
        MetadataChange(id, .put(document: document, origin: origin), base: base)
    }

    private static func customize(_ id: String, _ value: String?, _ property: String = "Priority") -> MetadataChange {
        MetadataChange(id, .customize(property: property, value: value))
    }

    private static func change(_ changes: [MetadataChange], in test: StoreUnderTest) async throws -> [MetadataOutcome] {
        try await test.store.changeMetadata(MetadataChangeSet(changes), audit: anna)
    }

    private static func stored(_ id: String, in test: StoreUnderTest) async throws -> StoredMetadata? {
        try await test.store.metadata().first { $0.id == id }
    }

    private static func trail(_ id: String, in test: StoreUnderTest) async throws -> [AuditRecord] {
        try await test.store.auditTrail(targetKind: "JobDefinition", targetID: id)
    }
}
