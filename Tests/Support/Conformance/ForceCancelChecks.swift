import SchedulerCore
import Testing

/// forceCancel in the store: its clock, its rivals, its record (runtime §3.2).
package enum ForceCancelChecks {
    private static let audit = AuditEntry(
        principal: "olga",
        action: "forceCancel",
        authMethod: "basic",
        attestation: "the job is gone"
    )

    package static let all: [StoreCheck] = [
        StoreCheck("it is refused one millisecond too early and allowed at the instant itself") { test in
            let id = try await cancelled(test)
            let earliest = test.time.now() + .seconds(60)
            test.time.advance(by: .milliseconds(59_999))
            try await test.perform(
                .forceCancel,
                on: id,
                audit: audit,
                expecting: .refused(SchedulerError(1015, id.description, earliest.description))
            )
            test.time.advance(by: .milliseconds(1))
            let result = try await test.perform(.forceCancel, on: id, audit: audit)
            let stored = try await test.stored(id)
            #expect(result.request == stored)
            #expect(stored.state == .cancelled)
            #expect(stored.cause == .operatorCancel)
            #expect(stored.handleStatus == .dead)
            #expect(stored.completedTime == earliest)
        },
        StoreCheck("I20: exactly one record tells who did it, when and on whose word") { test in
            let id = try await cancelled(test)
            test.time.advance(by: .seconds(60))
            try await test.perform(.forceCancel, on: id, audit: audit)
            let second = try await test.store.perform([RequestCommand(id, .forceCancel, audit: audit)])
            #expect(second.map(\.refusal) == [1013])
            let record = AuditRecord(
                time: test.time.now(),
                entry: audit,
                targetKind: "Request",
                targetID: id.description,
                outcome: .ok
            )
            #expect(try await test.store.auditTrail(targetKind: "Request", targetID: id.description) == [record])
        },
        StoreCheck("I17: a check-in moves the clock on, a second cancel does not") { test in
            let id = try await cancelled(test)
            let epoch = try #require(try await test.stored(id).epoch)
            test.time.advance(by: .seconds(30))
            try await test.perform(.checkIn(handle: epoch), on: id)
            test.time.advance(by: .seconds(10))
            try await test.perform(.cancel, on: id, expecting: .unchanged)
            test.time.advance(by: .milliseconds(49_999))
            #expect(try await test.store.perform([RequestCommand(id, .forceCancel)]).map(\.refusal) == [1015])
            test.time.advance(by: .milliseconds(1))
            try await test.perform(.forceCancel, on: id)
        },
        StoreCheck("I18: after it every report and check-in of the attempt is refused and changes nothing") { test in
            let id = try await cancelled(test)
            let epoch = try #require(try await test.stored(id).epoch)
            test.time.advance(by: .seconds(60))
            try await test.perform(.forceCancel, on: id)
            let ended = try await test.stored(id)
            let dead = CommandResult.Outcome.refused(SchedulerError(1052, id.description))
            for status in ReportStatus.allCases {
                try await test.perform(.report(status, text: "late", handle: epoch), on: id, expecting: dead)
            }
            try await test.perform(.checkIn(handle: epoch), on: id, expecting: dead)
            let after = try await test.stored(id)
            #expect(after.exceptLateCalls == ended)
            #expect(after.lateCalls == ReportStatus.allCases.count + 1)
        },
        StoreCheck("§3.2: the history notes what came too late, so often and no oftener") { test in
            let id = try await cancelled(test)
            let epoch = try #require(try await test.stored(id).epoch)
            test.time.advance(by: .seconds(60))
            try await test.perform(.forceCancel, on: id)
            let passed = try await test.store.history(of: id)
            test.time.advance(by: .seconds(5))
            let dead = CommandResult.Outcome.refused(SchedulerError(1052, id.description))
            for _ in 0..<Limits.lateCallsNoted + 3 {
                try await test.perform(.report(.success, text: nil, handle: epoch), on: id, expecting: dead)
            }
            let late = TransitionStep(
                event: .reportSuccess,
                from: .cancelled,
                to: .cancelled,
                time: try await test.store.now(),
                attempt: 1,
                refusal: 1052
            )
            let noted = Array(repeating: late, count: Limits.lateCallsNoted)
            #expect(try await test.store.history(of: id) == passed + noted)
        },
        StoreCheck("I19: of rivals that arrive together one ends the request") { test in
            let id = try await cancelled(test)
            let epoch = try #require(try await test.stored(id).epoch)
            test.time.advance(by: .seconds(60))
            let rivals: [RequestCommand] = [
                RequestCommand(id, .forceCancel, audit: audit), RequestCommand(id, .forceCancel, audit: audit),
                RequestCommand(id, .report(.success, text: nil, handle: epoch)),
                RequestCommand(id, .report(.error, text: nil, handle: epoch)), RequestCommand(id, .timer),
            ]
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for rival in rivals {
                    group.addTask {
                        let results = try await test.store.perform([rival])
                        return results.contains { $0.outcome == .applied && $0.request?.state.isTerminal == true }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(winners == 1)
            #expect(try await test.stored(id).state.isTerminal)
            #expect(try await test.store.history(of: id).filter { $0.to.isTerminal && $0.refusal == nil }.count == 1)
        },
        StoreCheck("the repeated final report is heard again whatever came after, another one is not") { test in
            let waiting = try await test.startWaiting()
            let epoch = try #require(waiting.epoch)
            try await test.perform(.report(.warning, text: "w", handle: epoch), on: waiting.id)
            let ended = try await test.stored(waiting.id)
            #expect(ended.acceptedReports == [AcceptedReport(epoch: epoch, status: .warning)])
            try await test.perform(
                .report(.warning, text: nil, handle: epoch),
                on: waiting.id,
                expecting: .unchanged
            )
            let other = try await test.store.perform([
                RequestCommand(waiting.id, .report(.success, text: nil, handle: epoch))
            ])
            #expect(other.first?.refusal != nil)
            #expect(try await test.stored(waiting.id) == ended)
        },
    ]

    /// An asynchronous request whose cancel has begun, with a forceCancel a minute away.
    private static func cancelled(_ test: StoreUnderTest) async throws -> RequestID {
        test.changeSettings(RequestMachine.Settings(forceCancelAfter: .seconds(60)))
        let waiting = try await test.startWaiting()
        try await test.perform(.cancel, on: waiting.id)
        return waiting.id
    }
}
