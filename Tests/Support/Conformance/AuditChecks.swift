import SchedulerCore
import Testing

/// The audit trail.
package enum AuditChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("records of a target come back in order, with all they hold") { test in
            let full = AuditRecord(
                time: Timestamp(milliseconds: .min),
                entry: AuditEntry(
                    principal: "",
                    action: "cancel",
                    authMethod: "handle",
                    clientAddress: "::1",
                    attestation: "line\nend",
                    trace: "ff",
                    reason: "nul\u{0}inside"
                ),
                targetKind: "Request",
                targetID: "1",
                outcome: .denied,
                errorCode: 2004,
                diff: #"[{"path":"/é","to":"\u0000"}]"#
            )
            let bare = AuditRecord(
                time: Timestamp(milliseconds: .max),
                entry: AuditEntry(principal: "anna", action: "hold"),
                targetKind: "Request",
                targetID: "1",
                outcome: .failed
            )
            for record in [bare, full, bare] { try await test.store.append(record) }
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: "1") == [bare, full, bare])
        },
        StoreCheck("targets are kept apart by kind and id, to the byte") { test in
            for (kind, id) in [("Request", "1"), ("JobDefinition", "1"), ("Request", "\u{E9}")] {
                let entry = AuditEntry(principal: "anna", action: kind)
                try await test.store.append(
                    AuditRecord(
                        time: test.time.now(),
                        entry: entry,
                        targetKind: kind,
                        targetID: id,
                        outcome: .ok
                    )
                )
            }
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: "1").count == 1)
            #expect(try await test.store.auditTrail(targetKind: "JobDefinition", targetID: "1").count == 1)
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: "2").isEmpty)
        },
        StoreCheck("every change leaves its own record") { test in
            let id = try await test.submit().id
            for (event, action) in [(RequestEvent.hold, "hold"), (.release, "release"), (.cancel, "cancel")] {
                test.time.advance(by: .seconds(1))
                try await test.perform(event, on: id, audit: AuditEntry(principal: "anna", action: action))
            }
            let trail = try await test.store.auditTrail(targetKind: "Request", targetID: id.description)
            #expect(trail.map(\.entry.action) == ["hold", "release", "cancel"])
            #expect(trail.map(\.time) == [-2000, -1000, 0].map { test.milliseconds($0) })
        },
    ]
}
