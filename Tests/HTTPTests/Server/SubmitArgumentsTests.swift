import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

@Suite("submitArgs: C21", .ownStores)
struct SubmitArgumentsTests {
    private func send(_ body: String) async throws -> Reply {
        let server = try await TestServer()
        let before = try server.storedContent()
        let reply = try await server.call(.post, "requests/submitArgs", body: body)
        #expect(try server.storedContent() == before)
        return reply
    }

    private static func argument(_ number: Int, _ value: String, _ step: String? = nil) -> String {
        let scope = step.map { #","scope":"\#($0)""# } ?? ""
        return #"{"name":"submit.argument\#(number)","paramType":"STRING"\#(scope),"value":"\#(value)"}"#
    }

    @Test(
        "C21 arguments become parameters by their places, for all steps or for one; equals are replaced",
        arguments: [
            (#"{"arguments":["a","b"]}"#, [argument(1, "a"), argument(2, "b")]),
            (
                #"{"arguments":[{"stepId":"s","arguments":["a"]},{"stepId":"t.u","arguments":["b","c"]}]}"#,
                [argument(1, "a", "s"), argument(1, "b", "t.u"), argument(2, "c", "t.u")]
            ),
            (
                #"{"arguments":["a",{"stepId":"s","arguments":["b"]},"c"]}"#,
                [argument(1, "a"), argument(1, "b", "s"), argument(2, "c")]
            ),
            (#"{"arguments":["a",null,"c"]}"#, [argument(1, "a"), argument(3, "c")]),
            (#"{"arguments":[1,true,"ü\""]}"#, [argument(1, "1"), argument(2, "true"), argument(3, #"ü\""#)]),
            (#"{"arguments":[]}"#, []), ("{}", []), (#"{"arguments":null,"requestParameters":null}"#, []),
            (
                """
                {"arguments":["new"],"requestParameters":[
                 {"name":"x"},{"name":"submit.argument1","paramType":"STRING","value":"old"},
                 {"name":"submit.argument1","paramType":"STRING","value":"kept","scope":"s"},
                 {"name":"n","paramType":"INTEGER","value":7,"scope":"s"},{"name":"u","value":"v"}]}
                """,
                [
                    #"{"name":"x"}"#, argument(1, "new"), argument(1, "kept", "s"),
                    #"{"name":"n","paramType":"INTEGER","scope":"s","value":"7"}"#, #"{"name":"u","value":"v"}"#,
                ]
            ),
        ]
    )
    func arguments(body: String, expected: [String]) async throws {
        let reply = try await send(body)
        reply.expect(201)
        #expect(reply.text == #"{"requestParameters":[\#(expected.joined(separator: ","))]}"#)
        #expect(reply.fields[.contentType] == "application/json" && reply.fields[.location] == nil)
    }

    @Test("C21 the answer is what a submit takes")
    func submitted() async throws {
        let server = try await TestServer()
        let body = #"{"application":"Gl","arguments":["a",{"stepId":"count","arguments":["b"]}]}"#
        let answer = try await server.call(.post, "requests/submitArgs", as: "nina", body: body)
        #expect(answer.memberNames == ["application", "requestParameters"])
        #expect(answer.member("application") == "Gl")
        let submission = #"{"jobDefinitionId":"JobSet://acme/Nightly","# + answer.text.dropFirst()
        let id = try #require(try await server.call(.post, "requests", body: submission).member("id"))
        let set = try await server.call(.get, "requests/\(id)")
        #expect(set.text.contains(Self.argument(1, "a")) && set.text.contains(Self.argument(1, "b", "count")))
    }

    @Test(
        "C21 what is wrong with a body has its code and the member's name",
        arguments: [
            ("[]", "ESS-05002", "body"), ("{", "ESS-05001", ""), (#"{"arguments":"a"}"#, "ESS-05002", "arguments"),
            (#"{"arguments":[["a"]]}"#, "ESS-05002", "arguments[0]"),
            (#"{"arguments":[{"arguments":["a"]}]}"#, "ESS-05003", "arguments[0].stepId"),
            (#"{"arguments":[{"stepId":"","arguments":["a"]}]}"#, "ESS-05003", "arguments[0].stepId"),
            (#"{"arguments":[{"stepId":"s"}]}"#, "ESS-05003", "arguments[0].arguments"),
            (#"{"arguments":[{"stepId":"s","arguments":[{}]}]}"#, "ESS-05002", "arguments[0].arguments[0]"),
            (#"{"application":1}"#, "ESS-05002", "application"),
            (#"{"requestParameters":[{"value":"1"}]}"#, "ESS-05003", "requestParameters[0].name"),
            (#"{"requestParameters":[{"name":"a","paramType":"FLOAT"}]}"#, "ESS-05004", "paramType"),
            (#"{"requestParameters":[{"name":"a","paramType":"LONG","value":"x"}]}"#, "ESS-05006", "a"),
        ]
    )
    func badInput(body: String, code: String, named: String) async throws {
        let reply = try await send(body)
        reply.expectError(400, code)
        #expect(reply.member("detail")?.contains(named) == true, "\(reply.text)")
    }

    @Test("C21 a step takes 100 arguments, a request 1000 parameters")
    func limits() async throws {
        func list(_ count: Int) -> String { "[" + Array(repeating: #""a""#, count: count).joined(separator: ",") + "]" }
        try await send(#"{"arguments":\#(list(100))}"#).expect(201)
        try await send(#"{"arguments":\#(list(101))}"#).expectError(400, "ESS-05008")
        let named = #"{"arguments":\#(list(100)),"requestParameters":[{"name":"submit.argument101"}]}"#
        try await send(named).expectError(400, "ESS-05008")
        let steps = (1...11).map { #"{"stepId":"s\#($0)","arguments":\#(list(100))}"# }
        try await send(#"{"arguments":[\#(steps.dropLast().joined(separator: ","))]}"#).expect(201)
        try await send(#"{"arguments":[\#(steps.joined(separator: ","))]}"#).expectError(400, "ESS-05008")
    }
}
