import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Submit body")
struct SubmitBodyTests {
    private func decode(_ json: String) throws -> SubmitBody { try SubmitBody(json: Array(json.utf8)) }

    /// A body with the least that is required, and these members.
    private func with(_ members: String) -> String { #"{"jobDefinitionId":"acme/gl/Post",\#(members)}"# }

    private func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test("C13: a definition is enough")
    func minimal() throws {
        #expect(
            try decode(#"{"jobDefinitionId":"JobDefinition://acme/gl/Post"}"#)
                == SubmitBody(jobDefinitionId: "JobDefinition://acme/gl/Post")
        )
    }

    @Test("every member is read")
    func everyMember() throws {
        let body = try decode(
            #"""
            {"jobDefinitionId":"JobDefinition://acme/gl/Post","application":"AcmeEss","description":"d","product":"GL",
             "requestCategory":"nightly","requestLogLevel":"FINE",
             "requestParameters":[{"name":"submit.argument1","paramType":"STRING","value":"DE","scope":"load.a"}],
             "startTime":"2027-03-01T10:10+01:00","endTime":"2027-03-01T09:10:00.001Z",
             "callbackSubscription":{"callbackUrlPrefix":"https://x.example/","callbackResourcePath":"/cb"},
             "executePast":false,"priority":9,"requestTimeout":60,"retries":3}
            """#
        )
        var expected = SubmitBody(jobDefinitionId: "JobDefinition://acme/gl/Post")
        expected.application = "AcmeEss"
        expected.description = "d"
        expected.product = "GL"
        expected.requestCategory = "nightly"
        expected.requestLogLevel = "FINE"
        expected.requestParameters = [
            RequestParameterBody(name: "submit.argument1", type: .string, value: "DE", scope: "load.a")
        ]
        expected.startTime = DateTimeInput(instant: try instant("2027-03-01T09:10:00.000Z"))
        expected.endTime = DateTimeInput(instant: try instant("2027-03-01T09:10:00.001Z"))
        expected.callbackSubscription = CallbackSubscriptionBody(
            callbackUrlPrefix: "https://x.example/",
            callbackResourcePath: "/cb"
        )
        expected.executePast = false
        expected.priority = 9
        expected.requestTimeout = 60
        expected.retries = 3
        #expect(body == expected)
    }

    @Test("null is absent, unknown members are ignored, of equals the last counts")
    func leniency() throws {
        let body = try decode(
            #"{"jobDefinitionId":null,"jobDefinitionId":"a/B","priority":null,"schedule":null,"x":{"y":[1]},"retries":1,"retries":2}"#
        )
        var expected = SubmitBody(jobDefinitionId: "a/B")
        expected.retries = 2
        #expect(body == expected)
    }

    @Test("older callers: parameters, if requestParameters is absent or empty")
    func olderParameters() throws {
        let old = #""parameters":[{"name":"old","paramType":"STRING","value":"1"}]"#
        #expect(try decode(with(old)).requestParameters.map(\.name) == ["old"])
        #expect(try decode(with(#""requestParameters":[],\#(old)"#)).requestParameters.map(\.name) == ["old"])
        #expect(
            try decode(with(#""requestParameters":[{"name":"new"}],\#(old)"#)).requestParameters.map(\.name) == ["new"]
        )
    }

    @Test("older callers: package and name replace the id, one alone is ESS-11003")
    func olderNames() throws {
        let pair = #""jobPackageName":"/acme/gl","jobDefinitionName":"Post""#
        #expect(try decode("{\(pair)}").jobDefinitionId == "/acme/gl/Post")
        #expect(
            try decode(#"{"jobPackageName":"/acme/gl/","jobDefinitionName":"Post"}"#).jobDefinitionId == "/acme/gl/Post"
        )
        #expect(try decode(#"{"jobDefinitionId":"x/Y",\#(pair)}"#).jobDefinitionId == "/acme/gl/Post")
        #expect(wireRefusal(#"{"jobPackageName":"/acme/gl"}"#, SubmitBody.init(json:)) == SchedulerError(11003))
        #expect(wireRefusal(with(#""jobDefinitionName":"Post""#), SubmitBody.init(json:)) == SchedulerError(11003))
    }

    @Test("C16: what a body alone can do wrong, each with its code and the member's name")
    func refusals() {
        let cases: [(String, SchedulerError)] = [
            ("{}", SchedulerError(5003, "jobDefinitionId")),
            ("[]", SchedulerError(5002, "body", "object")),
            ("7", SchedulerError(5002, "body", "object")),
            (#"{"jobDefinitionId":7}"#, SchedulerError(5002, "jobDefinitionId", "string")),
            (with(#""description":["x"]"#), SchedulerError(5002, "description", "string")),
            (with(#""priority":10"#), SchedulerError(5005, "priority", "0..9")),
            (with(#""priority":-1"#), SchedulerError(5005, "priority", "0..9")),
            (with(#""priority":99999999999999999999"#), SchedulerError(5005, "priority", "0..9")),
            (with(#""priority":"4""#), SchedulerError(5002, "priority", "integer")),
            (with(#""priority":4.0"#), SchedulerError(5002, "priority", "integer")),
            (with(#""priority":1e0"#), SchedulerError(5002, "priority", "integer")),
            (with(#""retries":-1"#), SchedulerError(5005, "retries", "0..2147483647")),
            (with(#""retries":true"#), SchedulerError(5002, "retries", "integer")),
            (with(#""requestTimeout":-1"#), SchedulerError(5005, "requestTimeout", "0..153722867280912")),
            (with(#""requestTimeout":153722867280913"#), SchedulerError(5005, "requestTimeout", "0..153722867280912")),
            (with(#""executePast":"true""#), SchedulerError(5002, "executePast", "boolean")),
            (with(#""startTime":"tomorrow""#), SchedulerError(4, #"startTime "tomorrow""#)),
            (with(#""startTime":"2027-02-29T00:00Z""#), SchedulerError(4, #"startTime "2027-02-29T00:00Z""#)),
            (with(#""endTime":1803892200000"#), SchedulerError(5002, "endTime", "string")),
            (
                with(#""endTime":"9999-12-31T23:59:59-00:01""#),
                SchedulerError(4, #"endTime "9999-12-31T23:59:59-00:01""#)
            ),
            (with(#""requestParameters":{}"#), SchedulerError(5002, "requestParameters", "array")),
            (with(#""parameters":"x""#), SchedulerError(5002, "parameters", "array")),
            (with(#""schedule":"x""#), SchedulerError(5002, "schedule", "object")),
            (with(#""callbackSubscription":[]"#), SchedulerError(5002, "callbackSubscription", "object")),
            (with(#""requestExecutionContext":"7,h""#), SchedulerError(5002, "requestExecutionContext", "object")),
            (
                with(#""requestExecutionContext":{"requestId":7}"#),
                SchedulerError(5003, "requestExecutionContext.requestHandle")
            ),
            (
                with(#""requestExecutionContext":{"requestId":9223372036854775808,"requestHandle":"h"}"#),
                SchedulerError(5005, "requestExecutionContext.requestId", "\(Int64.min)..\(Int64.max)")
            ),
            (
                with(#""scheduleId":"a/B","schedule":{"inclusions":["2027-01-01T00:00Z"]}"#),
                SchedulerError(4001)
            ),
            (#"{"jobDefinitionId":"a/B""#, SchedulerError(5001, "25")),
            (#"{"jobDefinitionId":"a\u0000B"}"#, SchedulerError(5028, "jobDefinitionId")),
        ]
        for (json, expected) in cases { #expect(wireRefusal(json, SubmitBody.init(json:)) == expected, "\(json)") }
    }

    @Test("an end that is not after the start is ESS-04005")
    func window() throws {
        func times(_ start: String, _ end: String, _ more: String = "") -> String {
            with(#""startTime":"\#(start)","endTime":"\#(end)"\#(more)"#)
        }
        let equal = times("2027-03-01T10:00+01:00", "2027-03-01T09:00Z")
        #expect(
            wireRefusal(equal, SubmitBody.init(json:))
                == SchedulerError(4005, "2027-03-01T09:00:00.000Z", "2027-03-01T09:00:00.000Z")
        )
        // Without a schedule a time without offset is UTC.
        #expect(
            wireRefusal(times("2027-03-01T10:00", "2027-03-01T09:59Z"), SubmitBody.init(json:))
                == SchedulerError(4005, "2027-03-01T09:59:00.000Z", "2027-03-01T10:00:00.000Z")
        )
        // Beside a schedule its zone decides, which nobody has looked up yet.
        let schedule = #","schedule":{"timezone":"Europe/Berlin","recurrences":[{"icalString":"FREQ=DAILY"}]}"#
        let body = try decode(times("2027-03-01T10:00", "2027-03-01T09:59Z", schedule))
        #expect(body.startTime?.hasOffset == false)
        #expect(body.endTime?.hasOffset == true)
        #expect(
            wireRefusal(times("2027-03-01T10:00", "2027-03-01T09:59", schedule), SubmitBody.init(json:))?.code == 4005
        )
        _ = try decode(times("2027-03-01T10:00Z", "2027-03-01T10:00:00.001Z"))
    }

    @Test("a sub-request with schedule or start is ESS-01024")
    func subRequest() throws {
        let context = #""requestExecutionContext":{"requestId":7,"requestHandle":"h-1"}"#
        let body = try decode(with(context))
        #expect(body.requestExecutionContext?.requestId == RequestID(7))
        #expect(body.requestExecutionContext?.requestHandle.value == "h-1")
        let schedule = #"{"inclusions":["2027-01-01T00:00Z"]}"#
        let cases = [
            ("schedule", schedule), ("scheduleId", #""a/B""#), ("startTime", #""2027-01-01T00:00Z""#),
        ]
        for (member, value) in cases {
            let json = with(#"\#(context),"\#(member)":\#(value)"#)
            #expect(wireRefusal(json, SubmitBody.init(json:)) == SchedulerError(1024, member))
        }
    }

    @Test("secrets and handles do not show in descriptions")
    func secretsStayHidden() throws {
        let body = try decode(
            with(
                #""requestExecutionContext":{"requestId":7,"requestHandle":"canary1"},"callbackSubscription":{"#
                    + #""callbackUrlPrefix":"p","callbackResourcePath":"q","securityScheme":"OWSM_LPA","#
                    + #""clientId":"c","clientSecret":"canary2"}"#
            )
        )
        var dumped = ""
        dump(body, to: &dumped)
        for shown in ["\(body)", String(reflecting: body), dumped] {
            #expect(!shown.contains("canary"))
        }
        #expect(body.callbackSubscription?.clientSecret?.value == "canary2")
    }
}
