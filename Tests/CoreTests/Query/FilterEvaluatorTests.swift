import SchedulerCore
import Testing

@Suite("C29 Meaning of filters")
struct FilterEvaluatorTests {
    private func matches(_ text: String, _ values: [RequestField: FilterValue]) throws -> Bool {
        FilterEvaluator<RequestField> { values[$0] }.matches(try readFilter(text))
    }

    @Test("On an absent attribute ne is true and all else false", arguments: RequestField.allCases)
    func absentAttribute(field: RequestField) throws {
        let name = field.rawValue
        let type = try #require(RequestFieldTests.rows.first { $0.field == name }).type
        let value = try RequestFieldTests.value(of: name, type: type)
        for comparison in field.operators {
            let text = "\(name) \(comparison.rawValue) \(value)"
            let isMatch = try matches(text, [:])
            #expect(isMatch == (comparison == .notEqual), "\(text)")
            #expect(try matches("not (\(text))", [:]) != isMatch)
        }
        #expect(try !matches("\(name) pr", [:]))
        #expect(try matches("\(name) eq null", [:]))
        #expect(try !matches("\(name) ne null", [:]))
    }

    @Test("pr, eq null and ne null on an attribute that is there")
    func presentAttribute() throws {
        let values: [RequestField: FilterValue] = [.description: .text(""), .isTimedOut: .boolean(false)]
        for name in ["description", "isTimedOut"] {
            #expect(try matches("\(name) pr", values))
            #expect(try !matches("\(name) eq null", values))
            #expect(try matches("\(name) ne null", values))
        }
    }

    @Test(
        "Texts compare case-sensitively by code point",
        arguments: [
            ("description eq 'Straße'", "Straße", true), ("description eq 'straße'", "Straße", false),
            ("description eq 'STRASSE'", "Straße", false), ("description gt 'Z'", "a", true),
            ("description lt 'a'", "Z", true), ("description eq 'é'", "é", true),
            ("description eq '\u{E9}'", "e\u{301}", false), ("description ne '\u{E9}'", "e\u{301}", true),
            ("description sw 'e'", "e\u{301}", true), ("description co '\u{301}'", "e\u{301}", true),
            ("description ew '\u{301}'", "e\u{301}", true), ("description lt '😀'", "\u{FFFD}", true),
            ("description gt '\u{E000}'", "😀", true), ("description gt 'ab'", "abc", true),
            ("description ge 'ab'", "ab", true), ("description le 'ab'", "ab", true),
            ("description lt 'ab'", "ab", false), ("description gt 'ab'", "ab", false),
            ("description co ''", "", true), ("description sw ''", "x", true), ("description ew ''", "x", true),
            ("description co 'bc'", "abcd", true), ("description co 'bd'", "abcd", false),
            ("description co 'aab'", "aaab", true), ("description co 'abc'", "ab", false),
            ("description sw 'ab'", "abc", true), ("description sw 'bc'", "abc", false),
            ("description ew 'bc'", "abc", true), ("description ew 'ab'", "abc", false),
            ("description co '%'", "abc", false), ("description sw '_bc'", "abc", false),
            ("description co '\\n'", "a\r\nb", true), ("description ew '*'", "abc", false),
        ]
    )
    func texts(text: String, value: String, expected: Bool) throws {
        #expect(try matches(text, [.description: .text(value)]) == expected)
    }

    @Test("Numbers, instants, booleans and enumerations compare by value")
    func otherTypes() throws {
        let values: [RequestField: FilterValue] = [
            .priority: .integer(9), .submissionTime: .dateTime(Timestamp(milliseconds: 1_728_849_900_000)),
            .isTimedOut: .boolean(true), .state: .text("CANCELLED"), .jobType: .text("JobType://acme/Batch"),
        ]
        for text in [
            "priority lt 10", "priority gt -10", "priority ge 9", "priority le 9", "priority eq '9'", "priority ne 8",
            "submissionTime eq '2024-10-13T22:05 02:00'", "submissionTime lt '2024-10-13T20:05:00.001Z'",
            "isTimedOut eq true", "isTimedOut ne 'false'", "state eq 'cancelled'", "state ne 'WAIT'",
            "jobType eq 'acme/Batch'", "jobType sw 'JobType://acme/'", "jobType gt 'JobType://acme/A'",
        ] {
            #expect(try matches(text, values), "\(text)")
            #expect(try !matches("not (\(text))", values), "\(text)")
        }
    }

    @Test("Values of different kinds are unequal and have no order")
    func differentKinds() {
        let evaluator = FilterEvaluator<RequestField> { _ in .text("5") }
        for comparison in FilterOperator.allCases {
            let filter: RequestFilter = .comparison(.requestID, comparison, .integer(5))
            #expect(evaluator.matches(filter) == (comparison == .notEqual))
        }
    }

    @Test("Equal values hash alike, canonically equivalent texts differ")
    func values() {
        #expect(FilterValue.text("\u{E9}") != .text("e\u{301}"))
        #expect(Set([FilterValue.text("\u{E9}"), .text("e\u{301}"), .text("\u{E9}")]).count == 2)
        #expect(Set([FilterValue.integer(1), .integer(1), .boolean(true), .text("1")]).count == 3)
    }
}
