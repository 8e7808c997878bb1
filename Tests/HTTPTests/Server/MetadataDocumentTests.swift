import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Metadata documents and rights over REST", .ownStores, .timeLimit(.minutes(2)))
struct MetadataDocumentTests {
    private let server: MetadataServer

    init() async throws { server = try await MetadataServer() }

    // MARK: - Plan and apply

    @Test("A2: documents apply once; a second time nothing changes, and what is exported plans no change")
    func again() async throws {
        let body = Self.body([MetadataTests.definition("One"), Self.set("Pair", ["One", "Sync"])])
        let plan = try await server.call(.post, "plan", body: body)
        plan.expect(200)
        #expect(Self.actions(plan) == ["create JobDefinition://acme/One", "create JobSet://acme/Pair"])
        #expect(try plan.json["summary"]?["create"]?.scalarText == "2")
        try await server.call(.get, "JobSet/acme/Pair").expectError(404, "ESS-30001")
        let applied = try await server.call(.post, "apply", body: body)
        applied.expect(200)
        #expect(try applied.json["items"]?.elements.map { $0["version"]?.scalarText } == ["1", "1"])
        let revision = try await server.server.store.metadataRevision()
        let second = try await server.call(.post, "apply", body: body)
        #expect(try second.json["hasChanges"]?.bool == false)
        #expect(try await server.server.store.metadataRevision() == revision)
        let export = try await server.call(.get, "export")
        #expect(export.fields[.contentType] == "application/yaml; charset=utf-8")
        #expect(!export.text.contains("pbkdf2"))
        let planned = try await server.call(.post, "plan", body: Self.text(export.text))
        planned.expect(200)
        #expect(try planned.json["hasChanges"]?.bool == false)
        #expect(try planned.json["count"]?.scalarText.flatMap { Int($0) } ?? 0 > 20)
        let part = try await server.call(.get, "export?package=acme/none")
        #expect(part.text.isEmpty)
    }

    @Test("A plan shows each difference by its place, and no secret")
    func differences() async throws {
        let secret = { (value: String) in
            MetadataTests.definition("Keyed").replacing(
                "}]}",
                with: #"},{"name":"k","secret":true,"value":"\#(value)"}]}"#
            )
        }
        try await server.call(.post, "apply", body: Self.body([secret("canary1")])).expect(200)
        let changed = secret("canary2").replacing(#""value":"NoOp""#, with: #""value":"Other""#)
        let plan = try await server.call(.post, "plan", body: Self.body([changed]))
        let diff = try plan.json["items"]?.elements.first { _ in true }?["diff"]?.elements.map { $0 } ?? []
        #expect(diff.map { $0["path"]?.string } == ["/parameters/0/value", "/parameters/1/value"])
        #expect(diff.map { $0["from"]?.string } == ["NoOp", "********"])
        #expect(diff.map { $0["to"]?.string } == ["Other", "********"])
        #expect(!plan.text.contains("canary"))
    }

    @Test("A44: the audit record of a change tells what it changed, and no secret: A38")
    func auditedDifferences() async throws {
        let document = MetadataTests.definition("Keyed").replacing(
            "}]}",
            with: #"},{"name":"k","secret":true,"value":"canary1"}]}"#
        )
        try await server.call(.post, "apply", body: Self.body([document])).expect(200)
        let changed = document.replacing("canary1", with: "canary2").replacing("NoOp", with: "Other")
        try await server.call(.post, "apply", body: Self.body([changed])).expect(200)
        let path = "JobDefinition/acme/Keyed"
        try await server.call(.put, "\(path)/customizations/Priority", body: #"{"value":"7"}"#).expect(200)
        try await server.call(.delete, path, fields: [.ifMatch: "*"]).expect(204)
        let id = "JobDefinition://acme/Keyed"
        let trail = try await server.server.store.auditTrail(targetKind: "JobDefinition", targetID: id)
        #expect(trail.map(\.entry.action) == ["create", "update", "customize", "delete"])
        #expect(
            trail.map { $0.diff ?? "" }.dropFirst().prefix(2) == [
                #"[{"from":"NoOp","path":"/parameters/0/value","to":"Other"},"#
                    + #"{"from":"********","path":"/parameters/1/value","to":"********"}]"#,
                #"[{"path":"/customizations/Priority","to":"7"}]"#,
            ]
        )
        #expect(!trail.contains { $0.diff?.contains("canary") ?? true })
    }

    @Test("A15: an apply after a foreign change is refused, names the object and writes nothing")
    func movedOn() async throws {
        try await server.call(.post, "apply", body: Self.body([MetadataTests.definition("One")])).expect(200)
        let documents = [MetadataTests.definition("One", description: "mine"), MetadataTests.definition("Two")]
        let plan = try await server.call(.post, "plan", body: Self.body(documents))
        let versions =
            try plan.json["baseVersions"]?.members.map { "\"\($0.name)\":\($0.value.scalarText ?? "")" } ?? []
        let base = #""baseVersions":{\#(versions.joined(separator: ","))}"#
        let foreign = MetadataTests.definition("One", description: "foreign")
        try await server.call(.put, "JobDefinition/acme/One", body: foreign, fields: [.ifMatch: "*"]).expect(200)
        let refused = try await server.call(.post, "apply", body: Self.body(documents, base))
        refused.expectError(409, "ESS-30010")
        #expect(refused.member("detail")?.contains("JobDefinition://acme/One moved on from version 1 to 2") == true)
        try await server.call(.get, "JobDefinition/acme/Two").expectError(404, "ESS-30001")
        #expect(try await server.call(.get, "JobDefinition/acme/One").member("description") == "foreign")
        let comment = #""comment":"agreed","baseVersions":{"JobDefinition://acme/One":2}"#
        try await server.call(.post, "apply", body: Self.body([documents[0]], comment)).expect(200)
        let newest = try await server.call(.get, "JobDefinition/acme/One/versions")
        #expect(try newest.json["items"]?.elements.first { _ in true }?["comment"]?.string == "agreed")
    }

    @Test("A16: prune stays below its package, and leaves what others own")
    func prune() async throws {
        let inside = MetadataTests.definition("In").replacing("/acme", with: "/p/q")
        let gone = MetadataTests.definition("Gone").replacing("/acme", with: "/p/q/r")
        let beside = MetadataTests.definition("Beside").replacing("/acme", with: "/p/qq")
        try await server.call(.post, "apply", body: Self.body([inside, gone, beside])).expect(200)
        let owned = MetadataTests.definition("Owned").replacing("/acme", with: "/p/q")
        try await server.put("JobDefinition://p/q/Owned", owned, origin: "DIRECTORY")
        let plan = try await server.call(.post, "plan", body: Self.body([inside], #""prune":"p/q/""#))
        #expect(Self.actions(plan) == ["none JobDefinition://p/q/In", "delete JobDefinition://p/q/r/Gone"])
        try await server.call(.post, "apply", body: Self.body([inside], #""prune":"/p/q""#)).expect(200)
        try await server.call(.get, "JobDefinition/p/q/r/Gone").expectError(404, "ESS-30001")
        for path in ["p/q/In", "p/qq/Beside", "p/q/Owned"] {
            try await server.call(.get, "JobDefinition/\(path)").expect(200)
        }
        let used = Self.body([Self.set("Uses", ["Sync"])], #""prune":"/acme""#)
        try await server.call(.post, "apply", body: used).expectError(409, "ESS-30004")
    }

    @Test("A17: what comes from a directory or is built in is changed by no document")
    func owned() async throws {
        try await server.put("JobDefinition://acme/Fixed", MetadataTests.definition("Fixed"), origin: "DIRECTORY")
        let edited = Self.body([MetadataTests.definition("Fixed", description: "x")])
        for call in ["plan", "apply"] {
            try await server.call(.post, call, body: edited).expectError(409, "ESS-30007")
        }
        try await server.call(.post, "apply", body: Self.body([MetadataTests.definition("Fixed")])).expect(200)
        let path = "JobDefinition/acme/Fixed"
        try await server.call(.delete, path, fields: [.ifMatch: "*"]).expectError(409, "ESS-30007")
        let builtIn = #"{"kind":"Role","name":"ESSAdmin","privileges":[]}"#
        try await server.call(.post, "apply", body: Self.body([builtIn])).expectError(409, "ESS-30007")
    }

    @Test("Sources keep their names and lines in errors; a body that is none is refused as well")
    func sources() async throws {
        let text =
            #"{"documents":[{"file":"a.yaml","text":"kind: Role\nname: A\nbad: 1\n"},"#
            + #"{"file":"b.yaml","text":"kind: Nothing\nname: B"}]}"#
        let reply = try await server.call(.post, "validate", body: text)
        reply.expectError(400, "ESS-30002")
        let places = try reply.json["errors"]?.elements.map { place in
            "\(place["file"]?.string ?? ""):\(place["line"]?.scalarText ?? "")"
        }
        #expect(places == ["a.yaml:3", "b.yaml:1"])
        let good = Self.text("kind: Role\nname: A\n---\nkind: Role\nname: B\nincludes: [A]\n")
        #expect(try await server.call(.post, "validate", body: good).member("count") == "2")
        for body in [
            "", "[]", "{}", "{", #"{"documents":7}"#, #"{"documents":[],"prune":"*"}"#, #"{"documents":[],"x":1}"#,
        ] {
            try await server.call(.post, "plan", body: body).expectError(400, "ESS-30002")
        }
    }

    // MARK: - Lists

    @Test("Lists filter, order and page what the caller may read")
    func lists() async throws {
        let all = try await server.call(.get, "JobDefinition?limit=2&orderBy=name:desc")
        #expect(Self.names(all) == ["Typed", "Sync"])
        let cursor = try present(all.member("nextCursor"))
        let next = try await server.call(.get, "JobDefinition?limit=500&orderBy=name:desc&cursor=\(cursor)")
        #expect(Self.names(next) == ["Strict", "Code", "Async"])
        #expect(next.member("nextCursor") == nil)
        try await server.call(.get, "JobDefinition?cursor=\(cursor)").expectError(400, "ESS-05005")
        let http = try await server.call(.get, "JobDefinition?q=jobType%20eq%20%22escapement/core/HTTPJobType%22")
        #expect(Self.names(http) == ["Async", "Strict"])
        let types = try await server.call(.get, "JobType?q=origin%20eq%20%22BUILTIN%22&limit=1")
        #expect(types.member("count") == "1")
        let process = try await server.call(.get, "JobDefinition?q=executionType%20eq%20%22PROCESS_TYPE%22")
        #expect(Self.names(process) == ["Sync", "Typed"])
        try await server.call(.get, "JobDefinition?limit=501").expectError(400, "ESS-05005")
        try await server.call(.get, "JobDefinition?q=state%20eq%20%22X%22").expectError(400, "ESS-05011")
        // anna may execute, but not read.
        #expect(try await server.call(.get, "JobDefinition", as: "anna").member("count") == "0")
        try await server.call(.get, "JobDefinition/acme/Sync", as: "anna").expectError(404, "ESS-30001")
        try await server.call(.get, "/api/v1/users/adam", as: "anna").expectError(404, "ESS-30001")
    }

    // MARK: - Rights

    @Test("Who lacks a right or privilege is refused, and that is kept")
    func rights() async throws {
        let body = Self.body([MetadataTests.definition("New")])
        try await server.call(.post, "apply", as: "nina", body: body).expectError(403, "ESS-30008")
        let denials = try await server.server.store.auditTrail(
            targetKind: "JobDefinition",
            targetID: "JobDefinition://acme/New"
        )
        #expect(denials.map(\.errorCode) == [30008] && denials.map(\.outcome) == [.denied])
        let shift = #"{"kind":"Workshift","package":"/acme","name":"Day","allocation":3}"#
        try await server.call(.post, "Workshift", as: "nina", body: shift).expectError(403, "ESS-31002")
        try await server.call(.post, "Workshift", as: "wera", body: shift).expect(201)
        try await server.call(.get, "Workshift/acme/Day", as: "wera").expect(200)
        let policy = #"{"kind":"PurgePolicy","package":"/acme","name":"P"}"#
        try await server.call(.post, "PurgePolicy", as: "wera", body: policy).expectError(403, "ESS-31002")
        try await server.call(.post, "/api/v1/roles", as: "wera", body: #"{"name":"R"}"#).expectError(403, "ESS-31002")
        let permissions = try await server.call(.get, "JobDefinition/acme/Sync/permissions")
        #expect(
            try permissions.json["actions"]?.elements.map(\.string) == [
                "READ", "EXECUTE", "CREATE", "UPDATE", "DELETE",
            ]
        )
    }

    @Test("A36: code parameters and job types need ESCAPEMENT_CODE, also where they are only made settable")
    func code() async throws {
        try await author("carl", execute: true)
        let code = MetadataTests.definition("Coded")
        try await server.call(.post, "JobDefinition", as: "carl", body: code).expectError(403, "ESS-31002")
        let type =
            #"{"kind":"JobType","package":"/acme","name":"T","executionType":"JAVA_TYPE","#
            + #""extends":"JobType://escapement/core/SwiftJobType"}"#
        try await server.call(.post, "JobType", as: "carl", body: type).expectError(403, "ESS-31002")
        try await server.call(
            .post,
            "JobType",
            body: type.replacing(
                "}",
                with: #","parameters":"#
                    + #"[{"name":"SYS_className","value":"NoOp"}]}"#
            )
        ).expect(201)
        let plain = #"{"kind":"JobDefinition","package":"/acme","name":"Plain","jobType":"JobType://acme/T"}"#
        try await server.call(.post, "JobDefinition", as: "carl", body: plain).expect(201)
        let settable = plain.replacing("Plain", with: "Open").replacing(
            "}",
            with: #","overridable":["SYS_className"]}"#
        )
        try await server.call(.post, "JobDefinition", as: "carl", body: settable).expectError(403, "ESS-31002")
        try await server.call(.post, "JobDefinition/acme/Sync/copy", as: "carl", body: #"{"name":"Mine"}"#)
            .expectError(403, "ESS-31002")
    }

    @Test("A35: a set with a step that its author may not execute is not saved")
    func steps() async throws {
        try await author("carl", execute: false)
        let set = Self.set("Carls", ["Sync"])
        try await server.call(.post, "JobSet", as: "carl", body: set).expectError(403, "ESS-02002")
        try await author("carl", execute: true)
        try await server.call(.post, "JobSet", as: "carl", body: set).expect(201)
    }

    @Test("The last enabled EscapementAdmin stays, whichever way he would go")
    func lastAdministrator() async throws {
        let disabled = #"{"kind":"User","name":"adam","enabled":false,"roles":["EscapementAdmin"]}"#
        let stripped = #"{"kind":"User","name":"adam","roles":[]}"#
        for body in [disabled, stripped] {
            try await server.call(.put, "/api/v1/users/adam", body: body, fields: [.ifMatch: "*"])
                .expectError(409, "ESS-31003")
        }
        try await server.call(.delete, "/api/v1/users/adam", fields: [.ifMatch: "*"]).expectError(409, "ESS-31003")
        let second = #"{"name":"eva","roles":["EscapementAdmin"]}"#
        try await server.call(.post, "/api/v1/users", body: second).expect(201)
        // Without a password in the document the stored one stays: adam signs in with it.
        let plain = #"{"name":"adam","roles":["EscapementAdmin"],"displayName":"Adam"}"#
        try await server.call(.put, "/api/v1/users/adam", body: plain, fields: [.ifMatch: "*"]).expect(200)
        try await server.call(.delete, "/api/v1/users/adam", fields: [.ifMatch: "*"]).expect(204)
        try await server.call(.get, "JobType").expectError(401, "ESS-02001")
    }

    // MARK: - Steps

    /// A user who may write all metadata, and execute it or not.
    private func author(_ name: String, execute: Bool) async throws {
        let actions = ["READ", "CREATE", "UPDATE"] + (execute ? ["EXECUTE"] : [])
        let grant =
            #"{"kind":"Grant","name":"\#(name)","grantee":{"user":"\#(name)"},"metadata":[{"resource":"*","#
            + #""actions":[\#(actions.map { "\"\($0)\"" }.joined(separator: ","))]}]}"#
        let user = #"{"kind":"User","name":"\#(name)","passwordHash":"\#(TestCatalogue.hash)"}"#
        try await server.call(.post, "apply", body: Self.body([user, grant])).expect(200)
    }

    private static func set(_ name: String, _ jobs: [String]) -> String {
        let steps = jobs.map { #"{"stepId":"\#($0)","job":"JobDefinition://acme/\#($0)"}"# }
        return #"{"kind":"JobSet","package":"/acme","name":"\#(name)","executionMode":"SERIAL","#
            + #""steps":[\#(steps.joined(separator: ","))]}"#
    }

    private static func body(_ documents: [String], _ more: String? = nil) -> String {
        #"{"documents":[\#(documents.joined(separator: ","))]\#(more.map { ",\($0)" } ?? "")}"#
    }

    private static func text(_ yaml: String) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("documents", yaml)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func actions(_ reply: Reply) -> [String] {
        guard let items = (try? reply.json)?["items"]?.elements else { return [] }
        return items.map { "\($0["action"]?.string ?? "") \($0["id"]?.string ?? "")" }
    }

    private static func names(_ reply: Reply) -> [String] {
        guard let items = (try? reply.json)?["items"]?.elements else { return [] }
        return items.map { $0["name"]?.string ?? "" }
    }
}
