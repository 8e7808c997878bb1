import SchedulerCore
import Testing

@Suite("C31 Refused filters")
struct FilterErrorTests {
    @Test(
        "C31 Bad syntax → ESS-05010 with the position of what is out of place",
        arguments: [
            ("", 1), ("   ", 4), ("requestId", 10), ("requestId ", 11), ("requestId eq", 13),
            ("requestId eq 1 and", 19),
            ("and", 1), ("or requestId eq 1", 1), ("not", 4), ("not requestId eq 1", 5), ("not not (product pr)", 5),
            ("(", 2), (")", 1), ("()", 2), ("(requestId eq 1", 16), ("requestId eq 1)", 15), ("((product pr)", 14),
            ("requestId eq 1 1", 16), ("requestId eq 1 priority eq 1", 16), ("product pr pr", 12),
            ("requestId eq 1 not (product pr)", 16), ("requestId and", 11), ("requestId eq and", 14),
            ("requestId eq (1)", 14), ("requestId (eq) 1", 11), ("requestId 5", 11), ("5 eq requestId", 1),
            ("'requestId' eq 1", 1), ("requestId 'eq' 1", 11),
            ("requestId = 1", 11), ("requestId=1", 10), ("requestId eq 1; drop", 15), ("requestId eq 1 && x", 16),
            ("state[type eq 1]", 6), ("requestId eq'1'", 13), ("description eq 'a'and product pr", 19),
            ("description eq 'a''b'", 19), ("requestId eq 1and product pr", 15), ("requestId eq 1\"2\"", 15),
            ("requestId eq 007", 15), ("requestId eq 1.", 16), ("requestId eq 1.e5", 16), ("requestId eq 1e", 16),
            ("requestId eq 1e+", 17), ("requestId eq -", 15), ("requestId eq --1", 15), ("requestId eq +1", 14),
            ("requestId eq .5", 14), ("description eq 'open", 16), ("description eq \"open'", 16),
            ("description eq 'a\\", 18), ("description eq 'a\\x'", 18), ("description eq 'a\\u12g4'", 18),
            ("description eq '\\ud800'", 17), ("description eq '\\udc00'", 17), ("description eq '\\ud800\\u0041'", 17),
            ("description eq '\\ud800\\n'", 17), ("description eq 'a\nb'", 18), ("description eq 'a\u{0}b'", 18),
            ("description eq ’a’", 16), ("requestId\u{A0}eq 1", 10), ("\u{FEFF}requestId eq 1", 1),
            ("product pr \u{0}", 12), ("описание eq 'x'", 1), ("description eq '😀' x", 20), ("product pr\u{301}", 11),
        ]
    )
    func badSyntax(text: String, position: Int) {
        #expect(refusalOfFilter(text) == SchedulerError(5010, String(position)))
    }

    @Test(
        "C31 Bad attribute → ESS-05011 with name and position",
        arguments: [
            ("nonsense eq 1", "nonsense", 1), ("requestid eq 1", "requestid", 1), ("STATE eq 'WAIT'", "STATE", 1),
            ("requestId eq 1 and (foo pr)", "foo", 21),
            ("urn:ietf:params:scim:User:name.first pr", "urn:ietf:params:scim:User:name.first", 1),
            ("eq eq 1", "eq", 1), ("pr", "pr", 1), ("true", "true", 1),
            ("emails[type eq 1]", "emails", 1), ("cause eq 'PROCESS_KILLED'", "cause", 1),
            ("description eq '😀' or foo pr", "foo", 23), ("foo=1", "foo", 1),
        ]
    )
    func badAttribute(text: String, name: String, position: Int) {
        #expect(refusalOfFilter(text) == SchedulerError(5011, name, String(position)))
    }

    @Test(
        "C31 Bad operator → ESS-05012 with operator, field and position",
        arguments: [
            ("requestId co 1", "co", "requestId", 11), ("requestId SW '1'", "SW", "requestId", 11),
            ("state gt 'WAIT'", "gt", "state", 7), ("state co 'WA'", "co", "state", 7),
            ("isTimedOut lt true", "lt", "isTimedOut", 12), ("submissionTime ew '2024'", "ew", "submissionTime", 16),
            ("requestId like 1", "like", "requestId", 11),
            ("product pr or priority equals 4", "equals", "priority", 24),
            ("requestId null", "null", "requestId", 11), ("requestId co", "co", "requestId", 11),
        ]
    )
    func badOperator(text: String, name: String, field: String, position: Int) {
        #expect(refusalOfFilter(text) == SchedulerError(5012, name, field, String(position)))
    }

    @Test(
        "C31 Bad value → ESS-05013 with the value as written, field and position",
        arguments: [
            ("requestId eq 'abc'", "'abc'", "requestId", 14), ("requestId eq abc", "abc", "requestId", 14),
            ("requestId eq ''", "''", "requestId", 14), ("requestId eq 1.0", "1.0", "requestId", 14),
            ("requestId eq 1e3", "1e3", "requestId", 14), ("requestId eq '007'", "'007'", "requestId", 14),
            ("requestId eq ' 7'", "' 7'", "requestId", 14), ("requestId eq '+7'", "'+7'", "requestId", 14),
            ("requestId eq '-'", "'-'", "requestId", 14), ("requestId eq '٣'", "'٣'", "requestId", 14),
            ("requestId eq true", "true", "requestId", 14),
            ("requestId eq 9223372036854775808", "9223372036854775808", "requestId", 14),
            ("requestId eq -9223372036854775809", "-9223372036854775809", "requestId", 14),
            ("priority eq 2147483648", "2147483648", "priority", 13), ("requestId gt null", "null", "requestId", 14),
            ("description co NULL", "NULL", "description", 16), ("description eq 5", "5", "description", 16),
            ("description eq true", "true", "description", 16), ("description eq pr", "pr", "description", 16),
            ("description eq 'a\\u0000b'", "'a\\u0000b'", "description", 16),
            ("state eq 'NONSENSE'", "'NONSENSE'", "state", 10), ("state eq 'UNKNOWN'", "'UNKNOWN'", "state", 10),
            ("state eq ''", "''", "state", 10), ("state eq 9", "9", "state", 10),
            ("state eq WAIT", "WAIT", "state", 10),
            ("state eq 'Canceled'", "'Canceled'", "state", 10), ("state eq ' WAIT'", "' WAIT'", "state", 10),
            ("state eq 'BLOC\u{212A}ED'", "'BLOC\u{212A}ED'", "state", 10),
            ("executionType eq 'HTTP_TYPE'", "'HTTP_TYPE'", "executionType", 18),
            ("isTimedOut eq 1", "1", "isTimedOut", 15), ("isTimedOut eq 'yes'", "'yes'", "isTimedOut", 15),
            ("submissionTime gt 'today'", "'today'", "submissionTime", 19),
            ("submissionTime gt '2024-02-30T00:00Z'", "'2024-02-30T00:00Z'", "submissionTime", 19),
            ("submissionTime gt '2024-02-20'", "'2024-02-20'", "submissionTime", 19),
            ("submissionTime gt 1728849900000", "1728849900000", "submissionTime", 19),
            ("jobDefinitionId eq 'nonsense'", "'nonsense'", "jobDefinitionId", 20),
            ("jobDefinitionId ne 'Job://a/b'", "'Job://a/b'", "jobDefinitionId", 20),
            ("product pr and (requestId eq 'abc')", "'abc'", "requestId", 30),
        ]
    )
    func badValue(text: String, value: String, field: String, position: Int) {
        #expect(refusalOfFilter(text) == SchedulerError(5013, value, field, String(position)))
    }

    @Test("C31 The leftmost of several errors is reported")
    func leftmostError() {
        #expect(refusalOfFilter("foo like 'open")?.code == 5011)
        #expect(refusalOfFilter("requestId like 'open")?.code == 5012)
        #expect(refusalOfFilter("requestId eq 'abc' and 'open")?.code == 5013)
        #expect(refusalOfFilter("requestId eq 'open and foo eq 1")?.code == 5010)
    }

    @Test("Too long is said before anything else, too deep where it happens")
    func tooLongOrDeep() {
        #expect(refusalOfFilter(String(repeating: "?", count: 8001)) == SchedulerError(5018))
        #expect(refusalOfFilter(String(repeating: "(", count: 51)) == SchedulerError(5018))
        #expect(refusalOfFilter("?" + String(repeating: "(", count: 51)) == SchedulerError(5010, "1"))
        #expect(refusalOfFilter(String(repeating: "(", count: 50)) == SchedulerError(5010, "51"))
    }

    @Test("Errors quote no more than a hundred code points")
    func cutQuotes() {
        let long = String(repeating: "x", count: 101)
        let cut = String(repeating: "x", count: 100)
        #expect(refusalOfFilter("\(cut) eq 1") == SchedulerError(5011, cut, "1"))
        #expect(refusalOfFilter("\(long) eq 1") == SchedulerError(5011, cut + "…", "1"))
        #expect(refusalOfFilter("requestId \(long) 1") == SchedulerError(5012, cut + "…", "requestId", "11"))
        #expect(refusalOfFilter("requestId eq \(long)") == SchedulerError(5013, cut + "…", "requestId", "14"))
    }
}
