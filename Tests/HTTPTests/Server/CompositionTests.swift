import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Schedules, job sets and sub-requests as callers see them.
@Suite("Composition: C19, C20, C35 to C41", .ownStores)
struct CompositionTests {
    private static func recurring(_ rule: String, _ more: String = "") -> String {
        #"{"jobDefinitionId":"acme/Sync","schedule":{"recurrences":[{"icalString":"\#(rule)"}]}\#(more)}"#
    }

    private static func children(of id: String, _ server: TestServer) async throws -> [String] {
        let reply = try await server.call(.get, "requests?q=parentRequestId+eq+\(id)&fields=requestId")
        return try #require(try reply.json["items"]).elements.compactMap { $0["requestId"]?.scalarText }
    }

    @Test("C19: a daily rule as Oracle's callers write it gives a recurring parent in WAIT and one pending child")
    func daily() async throws {
        let server = try await TestServer()
        let reply = try await server.call(
            .post,
            "requests",
            body: Self.recurring("FREQ=DAILY;BYHOUR=00;BYMINUTE=00;")
        )
        reply.expect(201)
        let id = try #require(reply.member("id"))
        let parent = try await server.call(.get, "requests/\(id)")
        for (name, value) in [
            ("requestType", "RECUR_PARENT"), ("state", "WAIT"), ("instanceParentId", "0"),
            ("lastScheduleInstanceId", "2"),
        ] {
            #expect(parent.member(name) == value, "\(name)")
        }
        let schedule = try #require(try parent.json["schedule"])
        let rules = try #require(schedule["recurrences"]).elements.compactMap { $0["icalString"]?.string }
        #expect(rules == ["FREQ=DAILY;BYHOUR=0;BYMINUTE=0"])
        #expect(schedule["timezone"]?.string == "UTC")
        #expect(try await Self.children(of: id, server) == ["2"])
        let child = try await server.call(.get, "requests/2")
        for (name, value) in [
            ("requestType", "RECUR_CHILD"), ("state", "WAIT"), ("parentRequestId", id), ("absParentRequestId", id),
            ("instanceParentId", "2"),
        ] {
            #expect(child.member(name) == value, "\(name)")
        }
        #expect(child.memberNames.contains("schedule") && !child.memberNames.contains("previousState"))
    }

    @Test("C20: COUNT is taken, and the parent is FINISHED after so many instances")
    func count() async throws {
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: Self.recurring("FREQ=MINUTELY;COUNT=3"))
        reply.expect(201)
        let id = try #require(reply.member("id"))
        for _ in 0..<3 {
            try await server.turn()
            let running = try #require(try await server.requests().first { $0.state == .running })
            try await server.perform(.executableEnded(.success), on: running.id)
            server.time.advance(by: .seconds(60))
        }
        #expect(try await server.call(.get, "requests/\(id)").member("state") == "FINISHED")
        #expect(try await Self.children(of: id, server).count == 3)
    }

    @Test("A stored schedule is copied with its zone and policies, and shown by its id")
    func storedSchedule() async throws {
        let server = try await TestServer()
        let body = #"{"jobDefinitionId":"acme/Sync","scheduleId":"acme/Daily"}"#
        let id = try #require(try await server.call(.post, "requests", body: body).member("id"))
        let parent = try await server.call(.get, "requests/\(id)")
        #expect(parent.member("scheduleDefinition") == "Schedule://acme/Daily")
        let schedule = try #require(try parent.json["schedule"])
        #expect(schedule["displayName"]?.string == "Every day" && schedule["timezone"]?.string == "Europe/Berlin")
        let found = try await server.call(.get, "requests?q=scheduleDefinition+eq+%22acme/Daily%22&fields=requestId")
        #expect(found.member("count") == "2")
        let missing = try await server.call(
            .post,
            "requests",
            body: #"{"jobDefinitionId":"acme/Sync","scheduleId":"acme/Weekly"}"#
        )
        missing.expectError(404, "ESS-03004")
        #expect(missing.member("detail")?.contains("not found") == true)
    }

    @Test("C16: a window without an instant is ESS-04006, a start without an offset one of the schedule's zone")
    func window() async throws {
        let server = try await TestServer()
        let rule = "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYHOUR=0"
        let closed = #","startTime":"2031-03-01T00:00","endTime":"2031-04-01T00:00""#
        try await server.call(.post, "requests", body: Self.recurring(rule, closed)).expectError(400, "ESS-04006")
        let zoned = """
            {"jobDefinitionId":"acme/Sync","startTime":"2031-07-01T06:00","schedule":{"timezone":"Europe/Berlin",
             "recurrences":[{"icalString":"FREQ=DAILY"}],"exclusions":["2031-07-01"]}}
            """
        let id = try #require(try await server.call(.post, "requests", body: zoned).member("id"))
        let parent = try await server.call(.get, "requests/\(id)")
        #expect(parent.member("requestedStartTime") == "2031-07-01T04:00:00.000Z")
        let child = try #require(try await Self.children(of: id, server).first)
        #expect(
            try await server.call(.get, "requests/\(child)").member("scheduledTime") == "2031-07-02T04:00:00.000Z"
        )
    }

    @Test("A job set runs its steps with the parameters of their scope, and C10, C36 hold for them")
    func jobSet() async throws {
        let server = try await TestServer()
        let body = """
            {"jobDefinitionId":"JobSet://acme/Nightly","requestParameters":[
             {"name":"count","value":"7","scope":"count"},{"name":"who","paramType":"STRING","value":"all"}]}
            """
        let reply = try await server.call(.post, "requests", body: body)
        reply.expect(201)
        let id = try #require(reply.member("id"))
        let set = try await server.call(.get, "requests/\(id)")
        #expect(set.member("requestType") == "JOBSET_SINGLETON" && set.member("executionMode") == "SERIAL")
        #expect(set.member("executionType") == nil && set.member("jobDefinitionId") == "JobSet://acme/Nightly")
        for step in ["load", "count"] {
            try await server.turn()
            let running = try #require(try await server.requests().first { $0.owner != nil })
            let read = try await server.call(.get, "requests/\(running.id)")
            #expect(read.member("stepId") == step && read.member("requestType") == "JOBSET_STEP")
            let stored = try await server.detail(running.id).parameters
            #expect(stored.first { $0.name == "who" }?.value == "all")
            if step == "count" { #expect(stored.first { $0.name == "count" }?.value == "7") }
            try await server.perform(.executableEnded(.success), on: running.id)
            try await server.call(.delete, "requests/\(running.id)").expectError(400, "ESS-01017")
        }
        #expect(try await server.call(.get, "requests/\(id)").member("state") == "SUCCEEDED")
        try await server.call(.delete, "requests/\(id)").expect(204)
        try await server.call(.get, "requests/2").expectError(404, "ESS-01001")
        let unknown = """
            {"jobDefinitionId":"acme/Nightly","requestParameters":[{"name":"a","paramType":"STRING","scope":"x"}]}
            """
        try await server.call(.post, "requests", body: unknown).expectError(400, "ESS-03008")
    }

    @Test("C2: a running job submits a sub-request by its handle alone; nobody else may without credentials")
    func subRequest() async throws {
        let server = try await TestServer()
        let id = try await server.submit("Sync")
        try await server.turn()
        let handle = try await server.handle(id)
        func body(_ handle: String, of parent: String, _ job: String = "Sync") -> String {
            """
            {"jobDefinitionId":"acme/\(job)",
             "requestExecutionContext":{"requestId":\(parent),"requestHandle":"\(handle)"}}
            """
        }
        let reply = try await server.call(.post, "requests", as: nil, body: body(handle, of: "\(id)"))
        reply.expect(201)
        let child = try #require(reply.member("id"))
        let read = try await server.call(.get, "requests/\(child)")
        #expect(read.member("requestType") == "SUB_REQUEST" && read.member("subRequestSet") == "1")
        #expect(read.member("parentRequestId") == "\(id)" && read.member("submitter") == "anna")
        try await server.turn()
        #expect(try await server.stored(RequestID(Int64(child) ?? 0)).state == .wait)
        try await server.call(.post, "requests", as: nil, body: body("1.x", of: "\(id)")).expectError(401, "ESS-02001")
        try await server.call(.post, "requests", as: nil, body: "{").expectError(401, "ESS-02001")
        try await server.call(.post, "requests", as: nil, body: TestCatalogue.submission("Sync"))
            .expectError(401, "ESS-02001")
        try await server.call(.post, "requests", body: body("1.x", of: "\(id)")).expectError(403, "ESS-02005")
        try await server.call(.post, "requests", body: body(handle, of: "999")).expectError(403, "ESS-02005")
        try await server.call(.post, "requests", as: nil, body: body(handle, of: "\(id)", "Nightly"))
            .expectError(400, "ESS-01024")
        // What is wrong with it comes before who sends it.
        for (member, code) in [
            (#""startTime":"2031-01-01T00:00Z""#, "ESS-01024"), (#""priority":10"#, "ESS-05005"),
            (#""schedule":{"recurrences":[{"icalString":"FREQ=DAILY"}]}"#, "ESS-01024"),
        ] {
            for handle in [handle, "1.x"] {
                let wrong = String(body(handle, of: "\(id)").dropLast()) + ",\(member)}"
                try await server.call(.post, "requests", as: nil, body: wrong).expectError(400, code)
            }
        }
        let half = #"{"jobDefinitionId":"acme/Sync","requestExecutionContext":{"requestId":1}}"#
        try await server.call(.post, "requests", as: nil, body: half).expectError(400, "ESS-05003")
        try await server.perform(.executableEnded(.success), on: id)
        try await server.call(.post, "requests", as: nil, body: body(handle, of: "\(id)")).expectError(400, "ESS-01023")
    }
}
