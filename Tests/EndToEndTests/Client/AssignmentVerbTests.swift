import Testing

@testable import escapement

@Suite("assignment bind, unbind, test")
struct AssignmentVerbTests {
    private static let path = "/api/v1/workload/bindings/node%20a/acme/ops/Night"
    private static let bound =
        #"{"enabled":true,"node":"node a","scope":"exclusive","workAssignment":"WorkAssignment://acme/ops/Night"}"#
    private static let tested = """
        {"at":"2027-03-01T00:00:00.000Z","matches":["WorkAssignment://acme/Night"],"nodes":[\
        {"assignments":[{"isExclusive":false,"nextWindow":"2027-03-01T22:00:00.000Z","state":"CLOSED",\
        "workAssignment":"WorkAssignment://acme/Night","workshift":"Workshift://acme/Late"}],\
        "isDefault":false,"isTaken":false,"name":"a"},\
        {"assignments":[],"isDefault":true,"isTaken":true,"name":"b"}]}
        """

    @Test(
        "bind puts, unbind deletes; the id may be spelt in any way",
        arguments: [
            "WorkAssignment://acme/ops/Night", "acme/ops/Night", "/acme/ops/Night",
        ]
    )
    func bindings(_ id: String) async throws {
        let stub = StubTransport([
            "PUT \(Self.path)": [.reply(201, Self.bound)], "DELETE \(Self.path)": [.reply(204, "")],
        ])
        let run = ClientRun(noun: "assignment")
        let made = try await run(["bind", id, "node a", "--exclusive"], stub)
        #expect(made.exit == .done)
        #expect(
            made.output == """
                workAssignment  WorkAssignment://acme/ops/Night
                node            node a
                scope           exclusive
                enabled         true

                """
        )
        let off = try await run(["bind", id, "node a", "--disabled", "--quiet"], stub)
        #expect(off.output.isEmpty)
        #expect(try await run(["unbind", id, "node a"], stub).exit == .done)
        #expect(
            stub.calls.map(\.body) == [
                #"{"enabled":true,"scope":"exclusive"}"#, #"{"enabled":false,"scope":"standard"}"#, "",
            ]
        )
    }

    @Test("test shows each node with the assignments that are bound to it; --quiet those that take it")
    func test() async throws {
        let stub = StubTransport(["POST /api/v1/workload/test": [.reply(200, Self.tested)]])
        let run = ClientRun(noun: "assignment")
        let arguments = [
            "test", "--definition", "acme/Import", "--product", "GL", "--category", "night", "--application", "Acme",
            "--run-as", "anna", "--at", "2027-03-01T00:00Z",
        ]
        let table = try await run(arguments, stub)
        #expect(
            table.output == """
                NODE  TAKEN  ASSIGNMENT                   STATE   WORKSHIFT              THREADS  NEXT
                a     no     WorkAssignment://acme/Night  CLOSED  Workshift://acme/Late           2027-03-01T22:00:00.000Z
                b     yes    (default)

                """
        )
        let quiet = try await run(["test", "--request", "7", "--quiet"], stub)
        #expect(quiet.output == "b\n")
        #expect(
            stub.calls.map(\.body) == [
                #"{"application":"Acme","at":"2027-03-01T00:00Z","jobDefinitionId":"acme/Import","product":"GL","#
                    + #""requestCategory":"night","userName":"anna"}"#,
                #"{"requestId":7}"#,
            ]
        )
    }

    @Test("A test of nothing, or of both, and a binding without node are mistakes of usage")
    func mistakes() {
        for arguments in [
            ["test"], ["test", "--request", "7", "--definition", "acme/A"], ["bind", "acme/Night"], ["bind", "", "a"],
            ["unbind", "acme/Night", ""],
        ] {
            #expect(throws: (any Error).self) {
                try EscapementCommand.command(for: ["assignment"] + arguments)
            }
        }
    }
}
