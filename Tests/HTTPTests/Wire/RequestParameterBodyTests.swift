import SchedulerAPI
import SchedulerCore
import Testing

@Suite("Request parameters")
struct RequestParameterBodyTests {
    private func submit(_ parameters: String) -> String {
        #"{"jobDefinitionId":"a/B","requestParameters":[\#(parameters)]}"#
    }

    private func decode(_ parameters: String) throws -> [RequestParameterBody] {
        try SubmitBody(json: Array(submit(parameters).utf8)).requestParameters
    }

    @Test("numbers and booleans are taken as their text, null as no value")
    func values() throws {
        let parameters = try decode(
            #"{"name":"a","value":1.50},{"name":"b","value":true},{"name":"c","value":null},{"name":"d","value":""},"#
                + #"{"name":"e","value":"x","paramType":"DATETIME","scope":""},{"name":"f","value":-9223372036854775809}"#
        )
        #expect(
            parameters == [
                RequestParameterBody(name: "a", value: "1.50"),
                RequestParameterBody(name: "b", value: "true"),
                RequestParameterBody(name: "c"),
                RequestParameterBody(name: "d", value: ""),
                RequestParameterBody(name: "e", type: .dateTime, value: "x"),
                RequestParameterBody(name: "f", value: "-9223372036854775809"),
            ]
        )
    }

    @Test("bad parameters are refused with their place")
    func refusals() {
        let cases: [(String, SchedulerError)] = [
            (#"{"name":"a"},{"paramType":"STRING"}"#, SchedulerError(5003, "requestParameters[1].name")),
            (#"{"name":""}"#, SchedulerError(5003, "requestParameters[0].name")),
            (#"{"name":1}"#, SchedulerError(5002, "requestParameters[0].name", "string")),
            (#"{"name":"a","paramType":"TEXT"}"#, SchedulerError(5004, "TEXT", "requestParameters[0].paramType")),
            (#"{"name":"a","paramType":"string"}"#, SchedulerError(5004, "string", "requestParameters[0].paramType")),
            (#"{"name":"a","paramType":1}"#, SchedulerError(5002, "requestParameters[0].paramType", "string")),
            (#"{"name":"a","value":{}}"#, SchedulerError(5002, "requestParameters[0].value", "string")),
            (#"{"name":"a","value":["x"]}"#, SchedulerError(5002, "requestParameters[0].value", "string")),
            (#"{"name":"a","scope":7}"#, SchedulerError(5002, "requestParameters[0].scope", "string")),
            ("null", SchedulerError(5002, "requestParameters[0]", "object")),
            (
                #"{"name":"a","value":"\#(String(repeating: "ä", count: 16_385))"}"#,
                SchedulerError(5005, "requestParameters[0].value", "0..32768 bytes")
            ),
        ]
        for (json, expected) in cases {
            #expect(wireRefusal(submit(json), SubmitBody.init(json:)) == expected, "\(json.prefix(80))")
        }
    }

    @Test("a value of 32 KiB is read")
    func largestValue() throws {
        let value = String(repeating: "ä", count: 16_384)
        #expect(try decode(#"{"name":"a","value":"\#(value)"}"#)[0].value == value)
    }

    @Test("1000 parameters are read, one more is ESS-05008")
    func count() throws {
        func many(_ count: Int) -> String { (0..<count).map { #"{"name":"p\#($0)"}"# }.joined(separator: ",") }
        #expect(try decode(many(1000)).count == 1000)
        #expect(
            wireRefusal(submit(many(1001)), SubmitBody.init(json:)) == SchedulerError(5008, "requestParameters", "1000")
        )
    }

    @Test("100 arguments are read for each step, one more is ESS-05008")
    func arguments() throws {
        func many(_ count: Int, scope: String) -> String {
            (1...count).map { #"{"name":"submit.argument\#($0)","scope":"\#(scope)"}"# }.joined(separator: ",")
        }
        let parameters = try decode(
            many(100, scope: "") + "," + many(100, scope: "load") + "," + many(50, scope: "load")
        )
        #expect(parameters.count == 250)
        #expect(
            wireRefusal(submit(many(100, scope: "") + "," + many(101, scope: "load")), SubmitBody.init(json:))
                == SchedulerError(5008, "requestParameters submit.argument of step load", "100")
        )
        #expect(
            wireRefusal(submit(many(101, scope: "")), SubmitBody.init(json:))
                == SchedulerError(5008, "requestParameters submit.argument", "100")
        )
    }
}
