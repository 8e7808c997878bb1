import SchedulerCore
import Testing

/// Parameters that are changed while a request waits (REST §5.5).
package enum PatchChecks {
    package static let all: [StoreCheck] = [
        StoreCheck("C34: parameters are changed or created by name in WAIT and HOLD, and the policy follows") { test in
            var submission = StoreSamples.submission()
            submission.parameters = [
                Parameter(name: "day", value: "1"), Parameter(name: "fixed", value: "x", isReadOnly: true),
            ]
            let id = try await test.submit(submission).id
            try await test.perform(patch([("day", "2"), ("new", "n")]), on: id)
            #expect(try await values(of: id, test) == ["day": "2", "fixed": "x", "new": "n"])
            try await test.perform(.hold, on: id)
            let priority = RequestPatch(parameters: [SubmittedParameter(name: "SYS_priority", value: "9")])
            try await test.perform(.patch(priority), on: id)
            #expect(try await test.stored(id).policy.priority == 9)
            try await test.perform(
                patch([("day", "3"), ("fixed", "y")]),
                on: id,
                expecting: .refused(SchedulerError(2, "fixed", "y"))
            )
            #expect(try await values(of: id, test)["day"] == "2")
            try await test.perform(.release, on: id)
            try await test.start(id)
            try await test.perform(
                patch([("day", "4")]),
                on: id,
                expecting: .refused(SchedulerError(1018, id.description, "RUNNING"))
            )
        },
        StoreCheck("A request without any parameter gets its first one") { test in
            let id = try await test.submit().id
            try await test.perform(patch([("first", "1")]), on: id)
            #expect(try await values(of: id, test) == ["first": "1"])
            let claimed = try await test.claim().started
            #expect(claimed.first?.parameters.map(\.value) == ["1"])
        },
        StoreCheck("Parameters of a recurring parent reach its pending instance, and no running one") { test in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.parameters = [Parameter(name: "day", value: "1")]
            let parent = try await test.submit(submission).id
            let running = try #require(try await test.startAll().first)
            try await test.perform(patch([("day", "2")]), on: parent)
            let next = try #require(try await test.children(of: parent).last)
            #expect(try await values(of: next.id, test) == ["day": "2"])
            #expect(try await values(of: running.id, test) == ["day": "1"])
            #expect(next.state == .wait && next.scheduledTime == running.scheduledTime + .seconds(60))
            let priority = RequestPatch(parameters: [SubmittedParameter(name: "SYS_priority", value: "7")])
            try await test.perform(.patch(priority), on: parent)
            #expect(try await test.stored(next.id).priority == 7)
        },
        StoreCheck("Parameters come before the schedule: the new instance has them; all or nothing") { test in
            var submission = try StoreSamples.recurring("FREQ=HOURLY")
            submission.parameters = [Parameter(name: "day", value: "1")]
            let parent = try await test.submit(submission).id
            let schedule = try #require(StoreSamples.recurring("FREQ=MINUTELY").plan?.schedule)
            var change = RequestPatch(parameters: [SubmittedParameter(name: "day", value: "2")])
            change.schedule = .init(schedule, catchUp: .all)
            try await test.perform(.patch(change), on: parent)
            let made = try #require(try await test.children(of: parent).last)
            #expect(try await values(of: made.id, test) == ["day": "2"])
            let over = try #require(StoreSamples.recurring("FREQ=DAILY;UNTIL=20000101T000000Z").plan?.schedule)
            change.parameters[0].value = "3"
            change.schedule = .init(over, catchUp: .all)
            try await test.perform(.patch(change), on: parent, expecting: .refused(SchedulerError(4006)))
            #expect(try await values(of: parent, test) == ["day": "2"])
        },
        StoreCheck("What was fixed at submission, scopes, and the parameters of job sets are refused") { test in
            let id = try await test.submit().id
            try await test.perform(
                patch([("SYS_product", "p")]),
                on: id,
                expecting: .refused(SchedulerError(2, "SYS_product", "p"))
            )
            let scoped = RequestPatch(parameters: [
                SubmittedParameter(name: "a", type: .string, value: "1", scope: "load")
            ])
            let result = try await test.store.perform([RequestCommand(id, .patch(scoped))])
            #expect(result.map(\.refusal) == [3008])
            let set = try await test.submit(StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("a")))).id
            let refused = try await test.store.perform([RequestCommand(set, patch([("a", "1")]))])
            #expect(refused.map(\.refusal) == [2])
        },
    ]

    private static func patch(_ values: [(String, String)]) -> RequestEvent {
        .patch(RequestPatch(parameters: values.map { SubmittedParameter(name: $0, type: .string, value: $1) }))
    }

    private static func values(of id: RequestID, _ test: StoreUnderTest) async throws -> [String: String] {
        let found = try #require(try await test.store.request(id)).parameters
        return Dictionary(found.map { ($0.name, $0.value ?? "") }) { $1 }
    }
}
