import SchedulerCore
import Testing

@testable import escapement

@Suite("Commands for stored objects: A53")
struct ObjectVerbTests {
    private static let nouns = [
        "type": "JobType", "definition": "JobDefinition", "jobset": "JobSet", "schedule": "Schedule",
        "exclusions": "ExclusionsDefinition", "incompatibility": "Incompatibility", "workshift": "Workshift",
        "assignment": "WorkAssignment", "policy": "PurgePolicy",
    ]

    private static func object(_ version: Int = 3, _ members: String = "") -> String {
        #"{"displayName":"Ex",\#(members)"id":"JobDefinition://a/X","kind":"JobDefinition","name":"X","#
            + #""origin":"API","package":"/a","updatedBy":"bo","updatedTime":"2027-03-01T09:10:00.000Z","#
            + #""version":\#(version)}"#
    }

    private let definition = ClientRun(
        noun: "definition",
        files: ["x.yaml": "kind: JobDefinition\npackage: /a\nname: X"]
    )

    @Test("Every kind has a noun with the same verbs")
    func kinds() async throws {
        var paths = Self.nouns.mapValues { "/api/v1/metadata/\($0)" }
        paths["user"] = "/api/v1/users"
        paths["role"] = "/api/v1/roles"
        paths["grant"] = "/api/v1/grants"
        #expect(paths.count == MetadataKind.allCases.count)
        for (noun, path) in paths {
            let stub = StubTransport(["GET \(path)": [.reply(200, #"{"count":0,"items":[]}"#)]])
            let result = try await ClientRun(noun: noun)(["list"], stub)
            #expect(result.exit == .done && stub.lines == ["GET \(path)?limit=200"], "\(noun)")
            for verb in ["get", "create", "update", "copy", "delete", "versions", "referrers"] {
                #expect(throws: (any Error).self) { try EscapementCommand.command(for: [noun, verb, "--none"]) }
            }
        }
        #expect(throws: (any Error).self) { try EscapementCommand.command(for: ["user", "customize", "bo"]) }
    }

    @Test("list reads as many pages as it takes, and says when there are more")
    func list() async throws {
        let page = #"{"count":1,"items":[\#(Self.object())],"nextCursor":"c2"}"#
        let last = #"{"count":1,"items":[\#(Self.object(4))]}"#
        let path = "GET /api/v1/metadata/JobDefinition"
        let stub = StubTransport([path: [.reply(200, page), .reply(200, last)]])
        let result = try await definition(["list", "--q", "name sw \"X\"", "--order", "name:desc"], stub)
        #expect(
            result.output == """
                ID                   VERSION  ORIGIN  UPDATED                   BY  NAME
                JobDefinition://a/X  3        API     2027-03-01T09:10:00.000Z  bo  Ex
                JobDefinition://a/X  4        API     2027-03-01T09:10:00.000Z  bo  Ex

                """
        )
        #expect(
            stub.lines == [
                "\(path)?limit=200&q=name%20sw%20%22X%22&orderBy=name%3Adesc",
                "\(path)?limit=199&q=name%20sw%20%22X%22&orderBy=name%3Adesc&cursor=c2",
            ]
        )
        let first = StubTransport([path: [.reply(200, page)]])
        let short = try await definition(["list", "--limit", "1"], first)
        #expect(short.messages.contains("only the first 1 are shown"))
        #expect(try await definition(["list", "--limit", "1", "--quiet"], first).output == "JobDefinition://a/X\n")
    }

    @Test("get prints an object in every form; yaml may be given to update, which then guards its version")
    func getAndUpdate() async throws {
        let path = "/api/v1/metadata/JobDefinition/a/X"
        let stub = StubTransport([
            "GET \(path)": [.reply(200, Self.object(3, #""parameters":[{"name":"n","value":"1"}],"#))],
            "PUT \(path)": [.reply(200, Self.object(4))],
        ])
        let table = try await definition(["get", "a/X"], stub)
        #expect(table.output.hasPrefix("id           JobDefinition://a/X\nversion      3\n"))
        #expect(table.output.contains("parameters   n=1\n"))
        #expect(try await definition(["get", "JobDefinition://a/X", "--quiet"], stub).output == "3\n")
        let yaml = try await definition(["get", "/a/X", "--output", "yaml"], stub)
        #expect(yaml.output.hasPrefix("kind: JobDefinition\npackage: /a\nname: X\ndisplayName: Ex\n"))
        var run = definition
        run.files["edited.yaml"] = yaml.output
        let updated = try await run(["update", "-f", "edited.yaml", "--quiet"], stub)
        #expect(updated.output == "JobDefinition://a/X\n")
        #expect(stub.calls.last?.body.contains(#""version":3"#) == true)
        #expect(stub.calls.last?.ifMatch == "\"3\"")
        _ = try await run(["update", "-f", "x.yaml"], stub)
        #expect(stub.calls.last?.ifMatch == "*")
        #expect(stub.calls.last?.body == #"{"kind":"JobDefinition","name":"X","package":"/a"}"#)
        _ = try await run(["update", "-f", "x.yaml", "--version", "7"], stub)
        #expect(stub.calls.last?.ifMatch == "\"7\"")
        #expect(try await run(["get", "a b"], stub).exit == .badInput)
        #expect(try await run(["get", "JobSet://a/X"], stub).exit == .badInput)
    }

    @Test("create, copy and delete do what they say; a refusal has its exit status")
    func others() async throws {
        let base = "/api/v1/metadata/JobDefinition"
        let stub = StubTransport([
            "POST \(base)": [.reply(201, Self.object(1)), .reply(409, #"{"detail":"ESS-30009: exists"}"#)],
            "POST \(base)/a/X/copy": [.reply(201, Self.object(1))],
            "DELETE \(base)/a/X": [.reply(204, "")],
        ])
        #expect(try await definition(["create", "-f", "x.yaml", "--quiet"], stub).output == "JobDefinition://a/X\n")
        #expect(try await definition(["create", "-f", "x.yaml"], stub).exit == .conflict)
        _ = try await definition(["copy", "a/X", "b/Y"], stub)
        #expect(stub.calls.last?.body == #"{"name":"Y","package":"/b"}"#)
        var run = definition
        run.agrees = false
        #expect(try await run(["delete", "a/X"], stub).exit == .other)
        #expect(stub.calls.count == 3)
        run.agrees = true
        let deleted = try await run(["delete", "a/X", "--force", "--output", "json"], stub)
        #expect(deleted.output == #"{"id":"JobDefinition://a/X"}"# + "\n")
        #expect(stub.lines.last == "DELETE \(base)/a/X?force=true" && stub.calls.last?.ifMatch == "*")
        run.files["two.yaml"] = "name: A\n---\nname: B\n"
        run.files["bad.yaml"] = "name: [\n"
        for file in ["two.yaml", "bad.yaml", "none.yaml"] {
            #expect(try await run(["create", "-f", file], stub).exit == .badInput, "\(file)")
        }
    }

    @Test("versions, referrers and customised properties are shown and set")
    func parts() async throws {
        let path = "/api/v1/metadata/JobDefinition/a/X"
        let stub = StubTransport([
            "GET \(path)/versions": [
                .reply(200, #"{"items":[{"comment":"c","updatedBy":"bo","updatedTime":"t","version":2}]}"#)
            ],
            "GET \(path)/referrers": [.reply(200, #"{"items":[{"id":"JobSet://a/S"}]}"#)],
            "GET \(path)/customizations": [.reply(200, #"{"items":[{"property":"Priority","value":"7"}]}"#)],
            "PUT \(path)/customizations/Priority": [.reply(200, #"{"property":"Priority","value":"7"}"#)],
            "DELETE \(path)/customizations/Priority": [.reply(204, "")],
        ])
        #expect(
            try await definition(["versions", "a/X"], stub).output
                == "VERSION  UPDATED  BY  COMMENT\n2        t        bo  c\n"
        )
        #expect(try await definition(["referrers", "a/X"], stub).output == "JobSet://a/S\n")
        let set = try await definition(["customize", "a/X", "Priority", "7", "--quiet"], stub)
        #expect(set.output == "Priority=7\n")
        _ = try await definition(["customize", "a/X", "Priority", "--reset"], stub)
        #expect(stub.lines.suffix(2).first == "DELETE \(path)/customizations/Priority")
        for arguments in [["a/X", "Priority"], ["a/X", "--reset"], ["a/X", "Priority", "7", "--reset"]] {
            #expect(throws: (any Error).self) {
                try EscapementCommand.command(for: ["definition", "customize"] + arguments)
            }
        }
    }

    @Test("A policy is switched under its version; one that is so already is left alone")
    func policies() async throws {
        let path = "/api/v1/metadata/PurgePolicy/a/P"
        let stub = StubTransport([
            "GET \(path)": [.reply(200, #"{"enabled":true,"id":"PurgePolicy://a/P","version":2}"#)],
            "PUT \(path)": [.reply(200, #"{"enabled":false,"id":"PurgePolicy://a/P","version":3}"#)],
        ])
        let policy = ClientRun(noun: "policy")
        #expect(try await policy(["disable", "a/P", "--quiet"], stub).output == "PurgePolicy://a/P\n")
        #expect(stub.calls.last?.ifMatch == "\"2\"")
        #expect(stub.calls.last?.body.hasPrefix(#"{"enabled":false,"#) == true)
        _ = try await policy(["enable", "PurgePolicy://a/P"], stub)
        #expect(stub.lines.last == "GET \(path)")
    }
}
