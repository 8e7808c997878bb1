import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Requests that take what the metadata say now, as callers see it.
@Suite("Refresh of requests: A6", .ownStores, .timeLimit(.minutes(2)))
struct RefreshTests {
    private let server: MetadataServer

    init() async throws { server = try await MetadataServer() }

    private static func definition(_ members: String, parameters: String) -> String {
        #"{"kind":"JobDefinition","package":"/acme","name":"Moving",\#(members)"parameters":[\#(parameters)]}"#
    }

    private static func process(_ command: String, _ others: String = "") -> String {
        definition(
            #""jobType":"JobType://oracle/as/ess/core/ProcessJobType","#,
            parameters: #"{"name":"SYS_cmdLine","value":"\#(command)"},{"name":"ledger","value":"US"}\#(others)"#
        )
    }

    private func save(_ document: String) async throws {
        let reply = try await server.call(.put, "JobDefinition/acme/Moving", body: document, fields: [.ifMatch: "*"])
        if reply.status == 412 {
            try await server.call(.post, "JobDefinition", body: document).expect(201)
        } else {
            reply.expect(200)
        }
    }

    private func submit(_ parameters: String = "") async throws -> SchedulerCore.RequestID {
        let list = parameters.isEmpty ? "" : #","requestParameters":[\#(parameters)]"#
        let body = #"{"jobDefinitionId":"JobDefinition://acme/Moving"\#(list)}"#
        let reply = try await server.server.call(.post, "requests", as: "anna", body: body)
        return SchedulerCore.RequestID(try present(reply.member("id").flatMap { Int64($0) }))
    }

    private func refresh(_ id: SchedulerCore.RequestID, as user: String = "anna") async throws -> Reply {
        try await server.server.call(.post, "/api/v1/requests/\(id)/refresh", as: user)
    }

    private func values(_ id: SchedulerCore.RequestID) async throws -> [String: String] {
        let parameters = try present(await server.server.store.request(id)).parameters
        return Dictionary(parameters.map { ($0.name, $0.value ?? "") }) { $1 }
    }

    @Test("A6: an edited definition leaves a waiting request alone; refresh changes it, under what was submitted")
    func refreshed() async throws {
        try await save(Self.process("/bin/old", #",{"name":"gone","value":"1"}"#))
        let id = try await submit(#"{"name":"ledger","value":"DE"},{"name":"own","paramType":"LONG","value":"5"}"#)
        try await save(Self.process("/bin/new", #",{"name":"SYS_retries","paramType":"INTEGER","value":"4"}"#))
        let before = ["SYS_cmdLine": "/bin/old", "ledger": "DE", "gone": "1", "own": "5"]
        #expect(try await values(id) == before)
        let reply = try await refresh(id)
        reply.expect(200)
        #expect(reply.relations.contains("self"))
        #expect(try await values(id) == ["SYS_cmdLine": "/bin/new", "ledger": "DE", "own": "5", "SYS_retries": "4"])
        #expect(try await server.stored(id).policy.retries == 4)
        #expect(try await server.stored(id).state == .wait)
        let records = try await server.server.store.auditTrail(targetKind: "Request", targetID: id.description)
        #expect(records.map(\.entry.action) == ["refresh"] && records.map(\.entry.principal) == ["anna"])
    }

    @Test("A6: what PATCH and an operator have set stays; another kind of job is taken over whole")
    func kept() async throws {
        try await save(Self.process("/bin/old", #",{"name":"SYS_priority","paramType":"INTEGER","value":"2"}"#))
        let id = try await submit()
        let patch = #"{"requestParameters":[{"name":"ledger","value":"FR"}]}"#
        try await server.server.call(.patch, "requests/\(id)", as: "anna", body: patch).expect(200)
        try await server.server.call(.post, "/api/v1/requests/\(id)/priority", as: "anna", body: #"{"priority":8}"#)
            .expect(200)
        try await server.server.call(.post, "requests/\(id)/hold", as: "anna").expect(200)
        let remote = Self.definition(
            #""jobType":"JobType://escapement/core/HTTPJobType","displayName":"Remote","#,
            parameters: #"{"name":"SYS_EXT_httpUrl","value":"https://jobs.example.org/a"},"#
                + #"{"name":"SYS_EXT_httpMode","value":"async"},{"name":"ledger","value":"US"},"#
                + #"{"name":"SYS_priority","paramType":"INTEGER","value":"3"},{"name":"SYS_product","value":"GL"}"#
        )
        try await save(remote)
        try await refresh(id).expect(200)
        let request = try await server.stored(id)
        #expect(request.state == .hold && request.priority == 8)
        #expect(request.facts.executor == .http && request.facts.isAsynchronous == true)
        #expect(request.facts.product == "GL" && request.facts.definitionDisplayName == "Remote")
        let values = try await values(id)
        #expect(values["ledger"] == "FR" && values["SYS_cmdLine"] == nil)
    }

    @Test("A6: what does not fit the new definition is refused, and nothing changes")
    func misfit() async throws {
        try await save(Self.process("/bin/old"))
        let id = try await submit(#"{"name":"ledger","value":"DE"}"#)
        let before = try present(await server.server.store.request(id))
        let fixed = Self.definition(
            #""jobType":"JobType://oracle/as/ess/core/ProcessJobType","#,
            parameters: #"{"name":"SYS_cmdLine","value":"/bin/new"},{"name":"ledger","value":"US","readOnly":true}"#
        )
        try await save(fixed)
        try await refresh(id).expectError(400, "ESS-00002")
        #expect(try await server.server.store.request(id) == before)
    }

    @Test("A6: a recurring request takes its waiting instance along; a job set its steps")
    func trees() async throws {
        try await save(Self.process("/bin/old"))
        let body =
            #"{"jobDefinitionId":"JobDefinition://acme/Moving","schedule":{"recurrences":["#
            + #"{"icalString":"FREQ=DAILY"}]}}"#
        let reply = try await server.server.call(.post, "requests", as: "anna", body: body)
        let parent = SchedulerCore.RequestID(try present(reply.member("id").flatMap { Int64($0) }))
        let instance = try present(await server.stored(parent).kinship.nextInstance)
        let setBody =
            #"{"kind":"JobSet","package":"/acme","name":"Pair","executionMode":"SERIAL","steps":["#
            + #"{"stepId":"one","job":"JobDefinition://acme/Moving"}]}"#
        try await server.call(.post, "JobSet", body: setBody).expect(201)
        let submitted =
            #"{"jobDefinitionId":"JobSet://acme/Pair","requestParameters":["#
            + #"{"name":"ledger","value":"DE","scope":"one"}]}"#
        let set = try await server.server.call(.post, "requests", as: "anna", body: submitted)
        let root = SchedulerCore.RequestID(try present(set.member("id").flatMap { Int64($0) }))
        try await save(Self.process("/bin/new"))
        try await refresh(parent).expect(200)
        #expect(try await values(parent)["SYS_cmdLine"] == "/bin/new")
        #expect(try await values(instance)["SYS_cmdLine"] == "/bin/new")
        try await refresh(root).expect(200)
        try await server.server.turn()
        let step = try present(await server.server.requests().first { $0.lineage.stepID == "one" })
        #expect(try await values(step.id)["SYS_cmdLine"] == "/bin/new")
        #expect(try await values(step.id)["ledger"] == "DE")
    }

    @Test("Refresh needs UPDATE, a request that waits, and its definition")
    func refused() async throws {
        try await save(Self.process("/bin/old"))
        let id = try await submit()
        try await refresh(id, as: "bert").expectError(403, "ESS-02003")
        try await refresh(id, as: "olga").expectError(403, "ESS-02004")
        #expect(try await server.server.audit().count { $0.outcome == .denied && $0.entry.action == "refresh" } == 2)
        try await refresh(SchedulerCore.RequestID(99)).expectError(404, "ESS-01001")
        try await server.server.call(.get, "/api/v1/requests/\(id)/refresh").expectError(405, "ESS-05021")
        try await server.server.turn()
        try await refresh(id).expectError(400, "ESS-01028")
    }
}
