import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// PATCH, what is done to schedules, and previews, as callers see them.
@Suite("Updates and schedules: C34, C35, A50", .ownStores)
struct ScheduleTests {
    private static let hourly = #"{"recurrences":[{"icalString":"FREQ=HOURLY"}]}"#

    private static func recurring(_ server: TestServer, _ rule: String = "FREQ=DAILY") async throws -> String {
        let body = #"{"jobDefinitionId":"acme/Typed","schedule":{"recurrences":[{"icalString":"\#(rule)"}]}}"#
        return try #require(try await server.call(.post, "requests", body: body).member("id"))
    }

    private static func state(_ id: String, _ server: TestServer) async throws -> String? {
        try await server.call(.get, "requests/\(id)").member("state")
    }

    private static func value(of name: String, in id: String, _ server: TestServer) async throws -> String? {
        let parameters = try await server.call(.get, "requests/\(id)").json["requestParameters"]?.elements
        return parameters?.first { $0["name"]?.string == name }?["value"]?.string
    }

    @Test("C34: PATCH sets parameters in WAIT and HOLD; RUNNING and terminal are ESS-01018, nothing is ESS-05007")
    func parameters() async throws {
        let server = try await TestServer()
        let id = try await server.submit("Typed").description
        let body = #"""
            {"requestParameters":[{"name":"count","value":"7"},{"name":"b","paramType":"STRING","value":"x"}]}
            """#
        let reply = try await server.call(.patch, "requests/\(id)", body: body)
        reply.expect(200)
        #expect(reply.relations.contains("self"))
        #expect(try await Self.value(of: "count", in: id, server) == "7")
        #expect(try await Self.value(of: "b", in: id, server) == "x")
        try await server.call(.post, "requests/\(id)/hold").expect(200)
        let nine = #"{"requestParameters":[{"name":"count","value":"9"}]}"#
        try await server.call(.patch, "requests/\(id)", body: nine).expect(200)
        #expect(try await Self.value(of: "count", in: id, server) == "9")
        for (bad, code) in [
            ("{}", "ESS-05007"), (#"{"requestParameters":[]}"#, "ESS-05007"), ("[]", "ESS-05002"), ("{", "ESS-05001"),
            (#"{"requestParameters":[{"name":"count","value":"many"}]}"#, "ESS-05006"),
            (#"{"requestParameters":[{"name":"fixed","value":"y"}]}"#, "ESS-00002"),
            (#"{"requestParameters":[{"name":"free","value":"y"}]}"#, "ESS-05003"),
            (#"{"schedule":\#(Self.hourly)}"#, "ESS-01019"),
            (#"{"schedule":\#(Self.hourly),"scheduleId":"acme/Daily"}"#, "ESS-04001"),
            (#"{"callbackSubscription":{}}"#, "ESS-05003"), (#"{"startTime":"soon"}"#, "ESS-00004"),
            (#"{"startTime":"2031-03-01T00:00Z","endTime":"2031-02-01T00:00Z"}"#, "ESS-04005"),
        ] {
            try await server.call(.patch, "requests/\(id)", body: bad).expectError(400, code)
        }
        #expect(try await Self.value(of: "count", in: id, server) == "9")
        try await server.call(.post, "requests/\(id)/release").expect(200)
        try await server.turn()
        try await server.call(.patch, "requests/\(id)", body: nine).expectError(400, "ESS-01018")
        try await server.perform(.executableEnded(.success), on: server.stored(RequestID(1)).id)
        try await server.call(.patch, "requests/\(id)", body: nine).expectError(400, "ESS-01018")
        let actions = try await server.audit().map(\.entry.action)
        #expect(actions.filter { $0 == "update" }.count == 2)
    }

    @Test(
        "C34: PATCH changes all or nothing: one part that is wrong, or a commit that fails, leaves every other undone"
    )
    func allOrNothing() async throws {
        let server = try await TestServer()
        let single = try await server.submit("Typed").description
        let parent = try await Self.recurring(server)
        let fine = #""requestParameters":[{"name":"count","value":"7"}]"#
        let callback =
            #""callbackSubscription":{"callbackUrlPrefix":"https://a.example.org","callbackResourcePath":"x"}"#
        let before = try server.storedContent()
        for (id, part, status, code) in [
            (single, #""schedule":\#(Self.hourly)"#, 400, "ESS-01019"),
            (parent, #""scheduleId":"acme/No""#, 404, "ESS-03004"),
            (parent, #""endTime":"2020-01-01T00:00Z""#, 400, "ESS-04006"),
            (single, #""startTime":"soon""#, 400, "ESS-00004"),
            (single, #""endTime":"2020-01-01T00:00Z""#, 400, "ESS-04006"),
            (
                single, #""callbackSubscription":{"callbackUrlPrefix":"http://10.0.0.1","callbackResourcePath":"x"}"#,
                400, "ESS-02007"
            ),
            (
                single, #""requestParameters":[{"name":"count","value":"7"},{"name":"fixed","value":"y"}]"#, 400,
                "ESS-00002"
            ),
        ] {
            try await server.call(.patch, "requests/\(id)", body: "{\(fine),\(callback),\(part)}").expectError(
                status,
                code
            )
            #expect(try server.storedContent() == before, "\(part)")
        }
        for (kind, status, code) in [(StoreFault.Kind.failed, 500, "ESS-06002"), (.unavailable, 503, "ESS-06001")] {
            server.fail(.beforeCommit, kind: kind)
            let body = #"{\#(fine),\#(callback),"scheduleId":"acme/Daily"}"#
            try await server.call(.patch, "requests/\(parent)", body: body).expectError(status, code)
            #expect(try server.storedContent() == before)
        }
        try await server.call(.patch, "requests/\(single)", body: "{\(fine),\(callback)}").expect(200)
        #expect(try await server.audit().map(\.entry.action) == ["update"])
    }

    @Test("PATCH needs UPDATE, which is asked for before the body is read; times move what never started")
    func rights() async throws {
        let server = try await TestServer()
        let id = try await server.submit("Typed").description
        try await server.call(.patch, "requests/\(id)", as: nil, body: "{}").expectError(401, "ESS-02001")
        try await server.call(.patch, "requests/\(id)", as: "olga", body: "{").expectError(403, "ESS-02004")
        try await server.call(.patch, "requests/\(id)", as: "nina", body: "{}").expectError(403, "ESS-02003")
        try await server.call(.patch, "requests/99", body: "{").expectError(404, "ESS-01001")
        #expect(try await server.audit().map(\.outcome) == [.denied, .denied])
        let later = #"{"startTime":"2031-07-01T06:00:00+02:00"}"#
        try await server.call(.patch, "requests/\(id)", body: later).expect(200)
        let moved = try await server.call(.get, "requests/\(id)")
        #expect(moved.member("scheduledTime") == "2031-07-01T04:00:00.000Z")
        #expect(moved.member("requestedStartTime") == "2031-07-01T04:00:00.000Z")
    }

    @Test("C35: another schedule cancels the pending child and makes a new one, parameters first")
    func schedule() async throws {
        let server = try await TestServer()
        let id = try await Self.recurring(server)
        let body = #"{"scheduleId":"acme/Daily","requestParameters":[{"name":"count","value":"5"}]}"#
        try await server.call(.patch, "requests/\(id)", body: body).expect(200)
        let parent = try await server.call(.get, "requests/\(id)")
        #expect(parent.member("state") == "WAIT" && parent.member("lastScheduleInstanceId") == "3")
        #expect(parent.member("scheduleDefinition") == "Schedule://acme/Daily")
        #expect(try parent.json["schedule"]?["timezone"]?.string == "Europe/Berlin")
        let old = try await server.call(.get, "requests/2")
        #expect(old.member("state") == "CANCELLED")
        let new = try await server.call(.get, "requests/3")
        #expect(new.member("state") == "WAIT" && new.member("parentRequestId") == id)
        #expect(new.member("scheduledTime")?.hasSuffix("T05:00:00.000Z") ?? false)
        #expect(try await Self.value(of: "count", in: "3", server) == "5")
        let over = #"{"recurrences":[{"icalString":"FREQ=DAILY;UNTIL=20200101T000000Z"}]}"#
        try await server.call(.patch, "requests/\(id)", body: #"{"schedule":\#(over)}"#).expectError(400, "ESS-04006")
        try await server.call(.patch, "requests/\(id)", body: #"{"scheduleId":"acme/No"}"#)
            .expectError(404, "ESS-03004")
        let put = #"{"schedule":\#(Self.hourly)}"#
        try await server.call(.put, "/api/v1/requests/\(id)/schedule", body: put).expect(200)
        #expect(try await Self.state("3", server) == "CANCELLED")
        #expect(try await server.audit().map(\.entry.action) == ["update", "replaceSchedule"])
    }

    @Test("Skip, runNow and end of a schedule under /api/v1")
    func control() async throws {
        let server = try await TestServer()
        let id = try await Self.recurring(server)
        let path = "/api/v1/requests/\(id)/schedule"
        let first = try await server.call(.get, "requests/2").member("scheduledTime")
        let skipped = try await server.call(.post, "\(path)/skip")
        skipped.expect(200)
        #expect(skipped.relations.contains("self"))
        #expect(try await server.call(.get, "requests/2").member("scheduledTime") != first)
        try await server.call(.post, "\(path)/runNow").expect(200)
        try await server.turn()
        #expect(try await Self.state("3", server) == "RUNNING")
        try await server.call(.post, "\(path)/end", as: "olga").expectError(403, "ESS-02004")
        try await server.call(.post, "\(path)/end").expect(200)
        #expect(try await Self.state("2", server) == "CANCELLED")
        #expect(try await Self.state(id, server) == "SCHEDULE_ENDED")
        try await server.call(.post, "\(path)/runNow").expectError(400, "ESS-01029")
        try await server.call(.post, "/api/v1/requests/3/schedule/skip").expectError(400, "ESS-01019")
        try await server.call(.post, "\(path)/stop").expectError(404, "ESS-05020")
        try await server.perform(.executableEnded(.success), on: RequestID(3))
        #expect(try await Self.state(id, server) == "FINISHED")
        #expect(try await server.audit().map(\.entry.action) == ["skip", "runNow", "end", "end"])
    }

    @Test("A50: a preview marks both changes of the clock of Europe/Berlin")
    func preview() async throws {
        let server = try await TestServer()
        let rule = #"{"icalString":"FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0"}"#
        func lines(_ from: String, _ to: String) async throws -> [String] {
            let body = """
                {"schedule":{"timezone":"Europe/Berlin","recurrences":[\(rule)],"exclusions":["2027-10-30"]},
                 "from":"\(from)","to":"\(to)","max":1000}
                """
            let reply = try await server.call(.post, "/api/v1/schedules/preview", body: body)
            reply.expect(200)
            #expect(reply.member("text")?.isEmpty == false)
            return try #require(try reply.json["instants"]).elements.map { line in
                let notes = line["notes"]?.elements.compactMap { $0.string } ?? []
                return ([line["utc"]?.string ?? "", line["local"]?.string ?? ""] + notes).joined(separator: " ")
            }
        }
        #expect(
            try await lines("2027-03-27T00:00", "2027-03-29T12:00") == [
                "2027-03-27T01:30:00.000Z 2027-03-27T02:30:00+01:00",
                "2027-03-28T01:00:00.000Z 2027-03-28T03:00:00+02:00 GAP_SHIFTED",
                "2027-03-29T00:30:00.000Z 2027-03-29T02:30:00+02:00",
            ]
        )
        #expect(
            try await lines("2027-10-30T00:00", "2027-11-01T12:00") == [
                "2027-10-30T00:30:00.000Z 2027-10-30T02:30:00+02:00 EXCLUDED",
                "2027-10-31T00:30:00.000Z 2027-10-31T02:30:00+02:00 FIRST_OF_TWO",
                "2027-11-01T01:30:00.000Z 2027-11-01T02:30:00+01:00",
            ]
        )
    }

    @Test("I42: a preview of a stored schedule equals what is made; bounds and mistakes are told")
    func previewOfStored() async throws {
        let server = try await TestServer()
        func preview(_ body: String, as user: String? = "nina") async throws -> Reply {
            try await server.call(.post, "/api/v1/schedules/preview", as: user, body: body)
        }
        let reply = try await preview(#"{"scheduleId":"acme/Daily","max":2}"#)
        let instants = try #require(try reply.json["instants"]).elements.compactMap { $0["utc"]?.string }
        let body = #"{"jobDefinitionId":"acme/Sync","scheduleId":"acme/Daily"}"#
        try await server.call(.post, "requests", body: body).expect(201)
        let child = try await server.call(.get, "requests/2").member("scheduledTime")
        #expect(instants.count == 2 && instants.first == child)
        for (bad, code) in [
            ("{}", "ESS-05003"), (#"{"scheduleId":"acme/Daily","max":1001}"#, "ESS-05005"),
            (#"{"scheduleId":"acme/Daily","max":0}"#, "ESS-05005"),
            (#"{"scheduleId":"acme/Daily","schedule":\#(Self.hourly)}"#, "ESS-04001"),
            (#"{"schedule":{"recurrences":[{"icalString":"FREQ=NEVER"}]}}"#, "ESS-04002"),
            (#"{"schedule":{}}"#, "ESS-04007"),
            (#"{"scheduleId":"acme/Daily","from":"2031-01-02T00:00Z","to":"2031-01-01T00:00Z"}"#, "ESS-04005"),
        ] {
            try await preview(bad).expectError(400, code)
        }
        try await preview(#"{"scheduleId":"acme/No"}"#).expectError(404, "ESS-03004")
        try await preview("{}", as: nil).expectError(401, "ESS-02001")
    }
}
