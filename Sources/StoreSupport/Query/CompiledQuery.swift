package import SchedulerCore

/// A list query as SQL.
package struct CompiledQuery {
    package let text: SQLText

    package init(_ query: RequestQuery, in dialect: SQLDialect) {
        let compiler = FilterCompiler(dialect: dialect)
        let split = SplitCondition(query, in: dialect)
        let parts = split?.rest ?? [query.filter, query.visibility].compactMap(\.self)
        var conditions = [SQLText("r.deleted_time IS NULL")] + parts.map { compiler.condition($0) }
        if let ids = query.ids {
            conditions.append(SQLText(dialect.isMember("r.id"), .integers(ids.map(\.value))))
            text = Self.selection(conditions, query, in: dialect)
            return
        }
        let order = Self.order(query.order, in: dialect)
        guard let split else {
            text = Self.page(Self.selection(conditions, query, in: dialect), query, by: order.sql)
            return
        }
        if let direction = order.directionOfNumbers {
            let halves = split.halves.map {
                Self.selection(conditions + [$0.condition], query, by: $0.index, in: dialect)
            }
            text = Self.page(
                dialect.merged(halves, by: order.sql, limit: query.offset.addingCapped(query.limit)),
                query,
                // The numbers stand in the first column.
                by: "1 \(direction)"
            )
        } else {
            let numbers = split.halves.map { half in
                half.condition.wrapped("SELECT r.id FROM request AS r\(half.index.map(dialect.hint) ?? "") WHERE ")
            }
            conditions.append(dialect.isMember("r.id", of: .united(numbers)))
            text = Self.page(Self.selection(conditions, query, in: dialect), query, by: order.sql)
        }
    }

    private static func selection(
        _ conditions: [SQLText],
        _ query: RequestQuery,
        by index: String? = nil,
        in dialect: SQLDialect
    ) -> SQLText {
        let side = dialect.sideData(["callback"] + (query.includesParameters ? ["parameters"] : []))
        return SQLText.joined(conditions, by: "AND", empty: .always).wrapped(
            "SELECT \(RequestColumns.selection), \(side.columns), \(RequestColumns.plan) "
                + "FROM request AS r\(index.map(dialect.hint) ?? "")\(side.join) WHERE "
        )
    }

    private static func page(_ text: SQLText, _ query: RequestQuery, by order: String) -> SQLText {
        var text = text.wrapped("", " ORDER BY \(order) LIMIT ? OFFSET ?")
        text.values += [.integer(Int64(query.limit)), .integer(Int64(query.offset))]
        return text
    }

    /// What was found, as asked for: by number in the order of the numbers, which the statement neither keeps nor
    /// pages.
    package static func page(_ found: [RequestDetail], of query: RequestQuery) -> [RequestDetail] {
        guard let ids = query.ids else { return found }
        let byID = Dictionary(found.map { ($0.request.id, $0) }) { first, _ in first }
        return Array(ids.compactMap { byID[$0] }.dropFirst(query.offset).prefix(query.limit))
    }

    private struct Order {
        let sql: String
        /// Nil where it is not that of the numbers.
        var directionOfNumbers: String?

        static func numbers(_ direction: String) -> Order {
            Order(sql: "r.id \(direction)", directionOfNumbers: direction)
        }
    }

    /// Absent values come last in either direction; among equals the smaller number comes first.
    private static func order(_ order: RequestSortOrder, in dialect: SQLDialect) -> Order {
        let isAscending = order.direction == .ascending
        let direction = isAscending ? "ASC" : "DESC"
        let source = FieldSource(order.field, in: dialect)
        let key: String
        switch source {
        case .number("r.id", _): return .numbers(direction)
        case .absent: return .numbers("ASC")
        // Numbers are given in order of submission.
        case .submissionTime: return isAscending ? .numbers("ASC") : Order(sql: "r.submission_time DESC, r.id")
        case .number(let sql, _), .text(let sql, _): key = sql
        case .label(let sql, _): key = "(SELECT text FROM label WHERE key = \(sql))"
        case .code(let sql, let names, _): key = rank(sql, names)
        }
        let absentLast = source.optionalSQL.map { "\($0) IS NULL, " } ?? ""
        return Order(sql: "\(absentLast)\(key) \(direction), r.id")
    }

    /// Places of the names among each other, by number.
    private static func rank(_ sql: String, _ names: [(code: Int64, name: String)]) -> String {
        let sorted = Set(names.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let cases = names.map { code, name in "WHEN \(code) THEN \(sorted.firstIndex(of: name) ?? 0)" }
        return "CASE \(sql) \(cases.joined(separator: " ")) END"
    }
}

extension Int {
    fileprivate func addingCapped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
