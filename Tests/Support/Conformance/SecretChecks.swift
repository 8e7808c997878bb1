import SchedulerCore
import Testing

/// Named secrets (administration §5.5).
package enum SecretChecks {
    private static let audit = AuditEntry(principal: "adam", action: "put")

    private static func secret(_ name: String, _ value: String = "box", _ definitions: String...) -> NamedSecret {
        NamedSecret(name: name, sealedValue: value, definitions: definitions.compactMap { ResourcePattern($0) })
    }

    private static func trail(_ name: String, _ test: StoreUnderTest) async throws -> [String] {
        try await test.store.auditTrail(targetKind: "Secret", targetID: name)
            .map { "\($0.entry.action) by \($0.entry.principal)" }
    }

    package static let all: [StoreCheck] = [
        StoreCheck("a secret comes back as it was put, with who and when, and under no other name") { test in
            let first = secret("ledger", "a", "acme.gl.*", "JobDefinition://acme/Sync")
            let (stored, isNew) = try await test.store.putSecret(first, audit: audit)
            #expect(isNew && stored == StoredSecret(first, updatedBy: "adam", updatedTime: test.time.now()))
            #expect(try await test.store.secret("ledger") == stored)
            #expect(try await test.store.secret("Ledger") == nil)
            #expect(try await trail("ledger", test) == ["create by adam"])
        },
        StoreCheck("another value takes the place of the first, its definitions and its time") { test in
            _ = try await test.store.putSecret(secret("ledger", "a", "*"), audit: audit)
            test.time.advance(by: .seconds(1))
            let entry = AuditEntry(principal: "eva", action: "put")
            let second = secret("ledger", "b")
            let (stored, isNew) = try await test.store.putSecret(second, audit: entry)
            #expect(!isNew && stored == StoredSecret(second, updatedBy: "eva", updatedTime: test.time.now()))
            #expect(try await test.store.secrets() == [stored])
            #expect(try await trail("ledger", test) == ["create by adam", "update by eva"])
            let trail = try await test.store.auditTrail(targetKind: "Secret", targetID: "ledger")
            #expect(
                trail.map(\.diff) == [
                    #"[{"path":"definitions","from":null,"to":["*"]}]"#,
                    #"[{"path":"definitions","from":["*"],"to":[]}]"#,
                ]
            )
        },
        StoreCheck("another value for the same definitions tells of no difference") { test in
            for value in ["a", "b"] {
                _ = try await test.store.putSecret(
                    secret("ledger", value, "acme.gl.*", "acme.JobDefinition.Sync"),
                    audit: audit
                )
            }
            let trail = try await test.store.auditTrail(targetKind: "Secret", targetID: "ledger")
            #expect(
                trail.map(\.diff) == [
                    #"[{"path":"definitions","from":null,"to":["acme.gl.*","acme.JobDefinition.Sync"]}]"#, nil,
                ]
            )
        },
        StoreCheck("they are listed in the order of the bytes of their names") { test in
            for name in ["b", "a.1", "B", "a"] { _ = try await test.store.putSecret(secret(name), audit: audit) }
            #expect(try await test.store.secrets().map(\.secret.name) == ["B", "a", "a.1", "b"])
        },
        StoreCheck("one that is removed is gone; what is not there is not removed, and nobody told") { test in
            for name in ["a", "b"] { _ = try await test.store.putSecret(secret(name), audit: audit) }
            #expect(try await test.store.removeSecret("a", audit: audit.with(action: "delete"), call: nil))
            #expect(try await !test.store.removeSecret("a", audit: audit.with(action: "delete"), call: nil))
            #expect(try await test.store.secrets().map(\.secret.name) == ["b"])
            #expect(try await trail("a", test) == ["create by adam", "delete by adam"])
        },
        StoreCheck("of many that put a secret at once, one creates it, and each of the others replaces what it sees") {
            test in
            let created = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await test.store.putSecret(secret("a", "\(number)", "p\(number).*"), audit: audit).isNew
                            ? 1 : 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(created == 1)
            #expect(
                try await trail("a", test).sorted() == ["create by adam"] + Array(repeating: "update by adam", count: 7)
            )
            // Each begins where the one before it ended.
            let diffs = try await test.store.auditTrail(targetKind: "Secret", targetID: "a").compactMap(\.diff)
            var before = "null"
            for diff in diffs {
                let start = #"[{"path":"definitions","from":\#(before),"to":"#
                #expect(diff.hasPrefix(start))
                before = String(diff.dropFirst(start.count).dropLast(2))
            }
        },
        StoreCheck("there are no more than a thousand; those that are there can be replaced, and go with a record") {
            test in
            try await withThrowingTaskGroup { group in
                for number in 1...NamedSecret.countMax {
                    group.addTask { _ = try await test.store.putSecret(secret("s\(number)", "a", "*"), audit: audit) }
                }
                try await group.waitForAll()
            }
            await test.expectRefusal(5008) { _ = try await test.store.putSecret(secret("more"), audit: audit) }
            #expect(try await test.store.secrets().count == NamedSecret.countMax)
            #expect(try await !test.store.putSecret(secret("s7", "b", "*"), audit: audit).isNew)
            #expect(try await test.store.removeSecret("s7", audit: audit.with(action: "delete"), call: nil))
            let last = try await test.store.auditTrail(targetKind: "Secret", targetID: "s7").last
            #expect(last?.entry.action == "delete")
            #expect(last?.diff == #"[{"path":"definitions","from":["*"],"to":null}]"#)
            #expect(try await test.store.putSecret(secret("more"), audit: audit).isNew)
        },
        StoreCheck("a removal under a key is recorded with it; a key that was used removes nothing") { test in
            for name in ["a", "b"] { _ = try await test.store.putSecret(secret(name), audit: audit) }
            let call = IdempotentCall(key: CallKey(caller: "adam", value: "k"), fingerprint: [1])
            #expect(try await test.store.removeSecret("a", audit: audit, call: call))
            #expect(try await test.store.recordedCall(call.key)?.answer == .done)
            await #expect(throws: SchedulerError(1054)) {
                try await test.store.removeSecret("b", audit: audit, call: call)
            }
            #expect(try await test.store.secrets().map(\.secret.name) == ["b"])
        },
    ]
}
