import SchedulerAPI
import Testing

@Suite("OpenAPI documents: the check itself")
struct SchemaCheckTests {
    private let check: SchemaCheck

    init() throws { check = SchemaCheck(try DescribedAPI(ESSDocument.document(in: .documented))) }

    private static let schema = #"""
        {"type":"object","required":["id"],"properties":{
            "id":{"type":"integer","format":"int64","minimum":1},"small":{"type":"integer","format":"int32"},
            "time":{"type":["string","null"],"format":"date-time"},"place":{"type":"string","format":"uri"},
            "state":{"$ref":"#/components/schemas/RequestState"},"list":{"type":"array","items":{"type":"boolean"}},
            "map":{"type":"object","additionalProperties":{"type":"integer"}},
            "open":{"type":"object","additionalProperties":true},
            "either":{"anyOf":[{"type":"boolean"},{"type":"null"}]},"lost":{"$ref":"#/components/schemas/Nothing"}}}
        """#

    @Test(
        "what fits has no problems",
        arguments: [
            #"{"id":1}"#, #"{"id":9223372036854775807,"small":-1,"time":null,"list":[],"map":{},"open":{"x":[1]}}"#,
            #"{"id":1,"time":"2027-03-01T09:10:00.000Z","place":"https://h/x","state":"WAIT","list":[true,false]}"#,
            #"{"id":1,"map":{"a":1,"b":2},"either":null}"#, #"{"id":1,"either":true}"#,
        ]
    )
    func fits(text: String) throws { #expect(try problems(text).isEmpty) }

    @Test(
        "what does not fit is found",
        arguments: [
            "{}", "[]", #"{"id":0}"#, #"{"id":"1"}"#, #"{"id":1.5}"#, #"{"id":1,"other":1}"#,
            #"{"id":1,"small":2147483648}"#, #"{"id":1,"time":"2027-03-01T09:10:00Z"}"#, #"{"id":1,"time":1}"#,
            #"{"id":1,"place":"nowhere"}"#, #"{"id":1,"state":"wait"}"#, #"{"id":1,"list":[1]}"#,
            #"{"id":1,"list":null}"#, #"{"id":1,"map":{"a":"x"}}"#, #"{"id":1,"either":1}"#, #"{"id":1,"lost":1}"#,
        ]
    )
    func doesNotFit(text: String) throws { #expect(try problems(text).count == 1) }

    private func problems(_ text: String) throws -> [String] {
        check.problems(try JSONReader.read(Array(text.utf8)), try JSONReader.read(Array(Self.schema.utf8)))
    }
}
