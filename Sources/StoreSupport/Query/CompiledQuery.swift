package import SchedulerCore

/// A list query as SQL.
package struct CompiledQuery {
    package let text: SQLText

    package init(_ query: RequestQuery, in dialect: SQLDialect) {
        let compiler = FilterCompiler(dialect: dialect)
        var conditions = [SQLText("r.deleted_time IS NULL")]
        if let filter = query.filter { conditions.append(compiler.condition(filter)) }
        if let visibility = query.visibility { conditions.append(compiler.condition(visibility)) }
        if let ids = query.ids {
            conditions.append(SQLText(dialect.isMember("r.id"), .integers(ids.map(\.value))))
        }
        let side = dialect.sideData(["callback"] + (query.includesParameters ? ["parameters"] : []))
        var text = SQLText.joined(conditions, by: "AND", empty: .always).wrapped(
            "SELECT \(RequestColumns.selection), \(side.columns), \(RequestColumns.plan) "
                + "FROM request AS r\(side.join) WHERE "
        )
        if query.ids == nil {
            text.sql += " ORDER BY \(Self.order(query.order, in: dialect)) LIMIT ? OFFSET ?"
            text.values += [.integer(Int64(query.limit)), .integer(Int64(query.offset))]
        }
        self.text = text
    }

    /// What was found, as asked for: by number in the order of the numbers, which the statement neither keeps nor
    /// pages.
    package static func page(_ found: [RequestDetail], of query: RequestQuery) -> [RequestDetail] {
        guard let ids = query.ids else { return found }
        let byID = Dictionary(found.map { ($0.request.id, $0) }) { first, _ in first }
        return Array(ids.compactMap { byID[$0] }.dropFirst(query.offset).prefix(query.limit))
    }

    /// Absent values come last in either direction; among equals the smaller number comes first.
    private static func order(_ order: RequestSortOrder, in dialect: SQLDialect) -> String {
        let isAscending = order.direction == .ascending
        let direction = isAscending ? "ASC" : "DESC"
        let source = FieldSource(order.field, in: dialect)
        let key: String
        switch source {
        case .number("r.id", _): return "r.id \(direction)"
        case .absent: return "r.id"
        // Numbers are given in order of submission.
        case .submissionTime: return isAscending ? "r.id" : "r.submission_time DESC, r.id"
        case .number(let sql, _), .text(let sql, _): key = sql
        case .label(let sql, _): key = "(SELECT text FROM label WHERE key = \(sql))"
        case .code(let sql, let names, _): key = rank(sql, names)
        }
        let absentLast = source.optionalSQL.map { "\($0) IS NULL, " } ?? ""
        return "\(absentLast)\(key) \(direction), r.id"
    }

    /// Places of the names among each other, by number.
    private static func rank(_ sql: String, _ names: [(code: Int64, name: String)]) -> String {
        let sorted = Set(names.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let cases = names.map { code, name in "WHEN \(code) THEN \(sorted.firstIndex(of: name) ?? 0)" }
        return "CASE \(sql) \(cases.joined(separator: " ")) END"
    }
}
