import SchedulerCore
import Testing

@Suite("C29 Fields of requests")
struct RequestFieldTests {
    /// The table of REST §7, written out again.
    static let table: [(type: String, fields: String)] = [
        (
            "int64",
            """
            requestId absParentRequestId parentRequestId instanceParentId elapsedTime waitTime readyWaitTime \
            enterpriseId
            """
        ),
        ("int", "priority retriedCount"),
        (
            "date-time",
            """
            processStartTime processEndTime requestedStartTime requestedEndTime submissionTime scheduledTime \
            completedTime
            """
        ),
        (
            "string",
            """
            description application product requestCategory runAsUser jobDefinitionId scheduleDefinition processor \
            submitter submitterGUID logicalClusterName submitterDmsECID submitterFlowId requestDmsECID \
            requestFlowId className jobType externalJobType externalId
            """
        ),
        ("enum", "state requestType errorType executionType processPhase"),
        ("boolean", "isTimedOut isAsynchronous"),
    ]

    /// Operators of each type and one value that fits it.
    static let rules: [String: (operators: Set<String>, value: String)] = [
        "int64": (["eq", "ne", "gt", "ge", "lt", "le"], "5"),
        "int": (["eq", "ne", "gt", "ge", "lt", "le"], "5"),
        "date-time": (["eq", "ne", "gt", "ge", "lt", "le"], "\"2024-10-13T20:05Z\""),
        "string": (["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"], "\"JobDefinition://a/b\""),
        "enum": (["eq", "ne"], ""),
        "boolean": (["eq", "ne"], "true"),
    ]

    static let rows: [(field: String, type: String)] = table.flatMap { row in
        row.fields.split(separator: " ").map { (String($0), row.type) }
    }

    static let enumerations: [String: String] = [
        "state": "WAIT", "requestType": "SINGLETON", "errorType": "TIMEOUT", "executionType": "SQL_TYPE",
        "processPhase": "ExecuteAsyncWait",
    ]

    static let operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]

    static func value(of field: String, type: String) throws -> String {
        if let name = enumerations[field] { return "'\(name)'" }
        return try #require(rules[type]).value
    }

    @Test("C29 There are 43 fields, each once, and no others")
    func allFields() {
        #expect(Self.rows.count == 43)
        #expect(Set(Self.rows.map(\.field)) == Set(RequestField.allCases.map(\.rawValue)))
    }

    @Test("C29 Every field takes pr and just the operators of its type", arguments: rows)
    func operatorsOfType(field: String, type: String) throws {
        let known = try #require(RequestField(rawValue: field))
        #expect(try readFilter("\(field) pr") == .present(known))
        let allowed = try #require(Self.rules[type]).operators
        let value = try Self.value(of: field, type: type)
        for name in Self.operators {
            let text = "\(field) \(name) \(value)"
            guard allowed.contains(name) else {
                let position = String(field.utf8.count + 2)
                #expect(refusalOfFilter(text) == SchedulerError(5012, name, field, position), "\(text)")
                continue
            }
            let comparison = try #require(FilterOperator(rawValue: name))
            guard case .comparison(known, comparison, _) = try readFilter(text) else {
                Issue.record("\(text) is read as something else")
                continue
            }
        }
    }

    @Test("C29 Every field is compared with null by eq and ne alone", arguments: rows)
    func comparesWithNull(field: String, type: String) throws {
        let known = try #require(RequestField(rawValue: field))
        #expect(try readFilter("\(field) eq null") == .not(.present(known)))
        #expect(try readFilter("\(field) ne NULL") == .present(known))
        for name in try #require(Self.rules[type]).operators.subtracting(["eq", "ne"]) {
            #expect(refusalOfFilter("\(field) \(name) null")?.code == 5013, "\(field) \(name) null")
        }
    }

    @Test("C29 Every field orders both ways", arguments: RequestField.allCases)
    func orders(field: RequestField) throws {
        #expect(try RequestSortOrder(parsing: field.rawValue) == SortOrder(field, .ascending))
        #expect(try RequestSortOrder(parsing: "\(field.rawValue):desc") == SortOrder(field, .descending))
    }

    @Test("Every value of an enumeration is taken in any case and kept in its own")
    func enumerationValues() throws {
        let values: [(RequestField, [String])] = [
            (.state, RequestState.allCases.map(\.rawValue)),
            (.requestType, RequestType.allCases.map(\.rawValue)),
            (.errorType, ErrorType.allCases.map(\.rawValue)),
            (.executionType, ExecutionType.allCases.map(\.rawValue)),
            (.processPhase, ProcessPhase.allCases.map(\.rawValue)),
        ]
        for (field, names) in values {
            for name in names {
                for spelling in [name, name.lowercased(), name.uppercased()] {
                    let filter = try readFilter("\(field.rawValue) eq '\(spelling)'")
                    #expect(filter == .comparison(field, .equal, .text(name)))
                }
            }
        }
    }

    @Test("What the stores serve is part of the table")
    func servedFields() {
        #expect(RequestField.served.isSuperset(of: [.requestID, .state, .jobDefinitionID]))
        #expect(RequestField.allCases.filter(\.isServed).count == RequestField.served.count)
    }

    @Test("C29 A field left out of the vocabulary is unknown to filter and order")
    func narrowedVocabulary() throws {
        let fields = Set(RequestField.allCases).subtracting([.application])
        #expect(throws: SchedulerError(5011, "application", "18")) {
            try readFilter("priority eq 4 or application eq 'a'", fields: fields)
        }
        #expect(throws: SchedulerError(5014, "application")) {
            try RequestSortOrder(parsing: "application", fields: fields)
        }
        #expect(try readFilter("product eq 'a'", fields: fields) == .comparison(.product, .equal, .text("a")))
    }
}
