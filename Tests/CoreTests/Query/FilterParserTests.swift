import SchedulerCore
import Testing

@Suite("C30 Grammar of filters")
struct FilterParserTests {
    static let one: RequestFilter = .comparison(.requestID, .equal, .integer(1))
    static let two: RequestFilter = .comparison(.priority, .less, .integer(2))
    static let three: RequestFilter = .present(.product)

    @Test(
        "C30 Precedence and parentheses",
        arguments: [
            ("requestId eq 1", one),
            ("requestId eq 1 or priority lt 2 and product pr", .or([one, .and([two, three])])),
            ("requestId eq 1 and priority lt 2 or product pr", .or([.and([one, two]), three])),
            ("(requestId eq 1 or priority lt 2) and product pr", .and([.or([one, two]), three])),
            ("requestId eq 1 and (priority lt 2 or product pr)", .and([one, .or([two, three])])),
            ("requestId eq 1 and priority lt 2 and product pr", .and([one, two, three])),
            ("requestId eq 1 or priority lt 2 or product pr", .or([one, two, three])),
            ("(requestId eq 1 and priority lt 2) and product pr", .and([.and([one, two]), three])),
            ("not (requestId eq 1) and product pr", .and([.not(one), three])),
            ("not (requestId eq 1 and product pr)", .not(.and([one, three]))),
            ("not (requestId eq 1) or not (product pr)", .or([.not(one), .not(three)])),
            ("not (not (requestId eq 1))", .not(.not(one))),
            ("((((requestId eq 1))))", one),
        ] as [(String, RequestFilter)]
    )
    func precedence(text: String, filter: RequestFilter) throws {
        #expect(try readFilter(text) == filter)
    }

    @Test(
        "C30 Keywords and operators in any case, blanks where they please",
        arguments: [
            "requestId EQ 1 AND priority LT 2 AND product PR",
            "requestId Eq 1 And priority lT 2 aNd product pR",
            "  requestId   eq   1   and   priority   lt   2   and   product   pr  ",
            "\trequestId\neq\r\n1 and\tpriority lt 2 and product pr\n",
            "( requestId eq 1 )and( priority lt 2 )AND(product pr)",
        ]
    )
    func anyCase(text: String) throws {
        #expect(try readFilter(text) == .and([Self.one, Self.two, Self.three]))
    }

    @Test("C30 not in any case, with and without blank before its parenthesis")
    func notInAnyCase() throws {
        for text in ["not(product pr)", "NOT (product pr)", "Not\t(product pr)"] {
            #expect(try readFilter(text) == .not(Self.three), "\(text)")
        }
    }

    @Test(
        "C30 Single and double quotes, JSON escapes and \\'",
        arguments: [
            (#""plain""#, "plain"),
            ("'plain'", "plain"),
            ("''", ""),
            (#"'say "hi"'"#, #"say "hi""#),
            (#""it's""#, "it's"),
            (#"'it\'s'"#, "it's"),
            (#""it\'s""#, "it's"),
            (#""a\"b\\c\/d""#, #"a"b\c/d"#),
            (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
            (#""\u00e9\u00C9""#, "éÉ"),
            (#""\ud83d\ude00""#, "😀"),
            ("'e\u{301}'", "e\u{301}"),
            ("'😀 \u{7F} 漢字 (and) or'", "😀 \u{7F} 漢字 (and) or"),
        ]
    )
    func quotedText(literal: String, value: String) throws {
        guard case .comparison(.description, .equal, .text(let text)) = try readFilter("description eq \(literal)")
        else {
            Issue.record("\(literal) is read as something else")
            return
        }
        #expect(codePointsOf(text) == codePointsOf(value))
    }

    @Test(
        "Numbers and booleans, bare or quoted",
        arguments: [
            ("requestId eq 0", .comparison(.requestID, .equal, .integer(0))),
            ("requestId eq -0", .comparison(.requestID, .equal, .integer(0))),
            ("requestId gt -17", .comparison(.requestID, .greater, .integer(-17))),
            ("requestId eq '42'", .comparison(.requestID, .equal, .integer(42))),
            ("requestId eq \"-42\"", .comparison(.requestID, .equal, .integer(-42))),
            ("requestId le 9223372036854775807", .comparison(.requestID, .lessOrEqual, .integer(.max))),
            ("requestId ge -9223372036854775808", .comparison(.requestID, .greaterOrEqual, .integer(.min))),
            ("priority lt 2147483647", .comparison(.priority, .less, .integer(2_147_483_647))),
            ("priority ne '-2147483648'", .comparison(.priority, .notEqual, .integer(-2_147_483_648))),
            ("isTimedOut eq true", .comparison(.isTimedOut, .equal, .boolean(true))),
            ("isTimedOut ne FALSE", .comparison(.isTimedOut, .notEqual, .boolean(false))),
            ("isAsynchronous eq 'true'", .comparison(.isAsynchronous, .equal, .boolean(true))),
            ("isAsynchronous eq \"False\"", .comparison(.isAsynchronous, .equal, .boolean(false))),
            ("description eq '5'", .comparison(.description, .equal, .text("5"))),
            ("description eq 'null'", .comparison(.description, .equal, .text("null"))),
        ] as [(String, RequestFilter)]
    )
    func numbersAndBooleans(text: String, filter: RequestFilter) throws {
        #expect(try readFilter(text) == filter)
    }

    @Test(
        "Date-times: seconds and fraction optional, any offset, a blank for its plus, without offset UTC",
        arguments: [
            "2024-10-13T20:05Z", "2024-10-13T20:05:00Z", "2024-10-13T20:05:00.000Z", "2024-10-13T20:05",
            "2024-10-13T22:05+02:00", "2024-10-13T22:05 02:00", "2024-10-13T22:05:00.0 02:00",
            "2024-10-13T15:35:00-04:30", "2024-10-13t20:05z",
        ]
    )
    func dateTimes(text: String) throws {
        let instant = Timestamp(milliseconds: 1_728_849_900_000)
        let filter: RequestFilter = .comparison(.processEndTime, .less, .dateTime(instant))
        #expect(try readFilter("processEndTime lt \"\(text)\"") == filter)
        #expect(try readFilter("processEndTime lt '\(text)'") == filter)
    }

    @Test(
        "Metadata ids are normalised for eq and ne, and only there",
        arguments: [
            ("jobDefinitionId", "/acme/Nightly", "JobDefinition://acme/Nightly"),
            ("jobDefinitionId", "acme/Nightly", "JobDefinition://acme/Nightly"),
            ("jobDefinitionId", "JobSet:/acme/Nightly", "JobSet://acme/Nightly"),
            ("jobDefinitionId", "JobDefinition://acme/Nightly", "JobDefinition://acme/Nightly"),
            ("scheduleDefinition", "/acme/Daily", "Schedule://acme/Daily"),
            ("jobType", "acme/Batch", "JobType://acme/Batch"),
        ]
    )
    func metadataIDs(name: String, id: String, canonical: String) throws {
        let field = try #require(RequestField(rawValue: name))
        #expect(try readFilter("\(name) eq '\(id)'") == .comparison(field, .equal, .text(canonical)))
        #expect(try readFilter("\(name) ne '\(id)'") == .comparison(field, .notEqual, .text(canonical)))
        for comparison in FilterOperator.allCases where !comparison.isEquality {
            let filter = try readFilter("\(name) \(comparison.rawValue) '\(id)'")
            #expect(filter == .comparison(field, comparison, .text(id)))
        }
        #expect(try readFilter("className eq '\(id)'") == .comparison(.className, .equal, .text(id)))
    }

    @Test("Fifty levels of parentheses are read, fifty-one refused")
    func nesting() throws {
        for (open, isNegated) in [("(", false), ("not (", true)] {
            let close = String(repeating: ")", count: 50)
            var filter = Self.three
            if isNegated { for _ in 0..<50 { filter = .not(filter) } }
            #expect(try readFilter(String(repeating: open, count: 50) + "product pr" + close) == filter)
            let deeper = String(repeating: open, count: 51) + "product pr" + close + ")"
            #expect(refusalOfFilter(deeper) == SchedulerError(5018))
        }
        let wide = Array(repeating: "(product pr)", count: 400).joined(separator: " or ")
        #expect(try readFilter(wide) == .or(Array(repeating: Self.three, count: 400)))
    }

    @Test("8000 code points are read, 8001 refused, whatever their encoding takes")
    func length() throws {
        for filling in ["x", "é", "漢", "😀", "e\u{301}"] {
            let frame = "description eq ''".unicodeScalars.count
            let count = (8000 - frame) / filling.unicodeScalars.count
            let blanks = String(repeating: " ", count: 8000 - frame - count * filling.unicodeScalars.count)
            let value = String(repeating: filling, count: count)
            let text = "description eq '\(value)'" + blanks
            #expect(text.unicodeScalars.count == 8000)
            #expect(try readFilter(text) == .comparison(.description, .equal, .text(value)))
            #expect(refusalOfFilter(text + " ") == SchedulerError(5018))
        }
    }

    @Test("The caller's normaliser decides, told the kind of a bare id")
    func injectedNormaliser() throws {
        var asked: [String] = []
        let filter = try FilterParser<RequestField>.parse("jobType eq 'x' and scheduleDefinition ne 'y'") { id, kind in
            asked.append("\(kind.rawValue) \(id)")
            return "<\(id)>"
        }
        #expect(asked == ["JobType x", "Schedule y"])
        #expect(
            filter
                == .and([
                    .comparison(.jobType, .equal, .text("<x>")),
                    .comparison(.scheduleDefinition, .notEqual, .text("<y>")),
                ])
        )
    }
}
