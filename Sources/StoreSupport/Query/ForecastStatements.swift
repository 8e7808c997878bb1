package import SchedulerCore

/// What a forecast asks of `request`, as SQL. Filters are part of it, so each statement is of its query alone.
package struct ForecastStatements {
    private let query: ForecastQuery
    private let dialect: SQLDialect

    package init(_ query: ForecastQuery, in dialect: SQLDialect) {
        self.query = query
        self.dialect = dialect
    }

    /// Recurring parents that make instances, and what is held on its own: index `request_for_forecast`, which holds
    /// what waits and is never taken by a dispatch pass as it is.
    ///
    /// - Parameters:
    ///   - id: only greater numbers.
    ///   - limit: at most so many.
    /// - Returns: rows for `RequestCodec.read`, the plan behind them.
    package func sources(after id: RequestID?, limit: Int) -> SQLText {
        let parents = RequestType.allCases.filter(\.isRecurringParent)
            .map { String(StoredCodes.requestTypes.code($0)) }.joined(separator: ", ")
        let coming = SQLText(
            "(r.type IN (\(parents)) OR (r.scheduled_time >= ? AND r.scheduled_time < ?))",
            .integer(query.window.from.milliseconds),
            .integer(query.window.to.milliseconds)
        )
        let found = SQLText("r.state IN (1, 6) AND r.dispatch_at IS NULL AND r.id > ?", .integer(id?.value ?? .min))
        let conditions = [found, SQLText("r.parent_id IS NULL"), coming] + filters
        var text = SQLText.joined(conditions, by: "AND", empty: .always)
            .wrapped(
                "SELECT \(RequestColumns.selection), \(RequestColumns.plan) "
                    + "FROM request AS r\(dialect.hint("request_for_forecast")) WHERE "
            )
        text.sql += " ORDER BY r.id LIMIT ?"
        text.values.append(.integer(Int64(limit)))
        return text
    }

    /// Requests of their own in WAIT, of one priority: an index holds those in order of their time.
    ///
    /// - Parameters:
    ///   - priority: 0 to 9.
    ///   - end: only those that are due before.
    ///   - limit: at most so many.
    /// - Returns: rows for `RequestCodec.read`.
    package func waiting(priority: Int, before end: Timestamp, limit: Int) -> SQLText {
        let found = SQLText(
            "r.state = 1 AND r.dispatch_at IS NOT NULL AND r.priority = ? AND r.scheduled_time >= ? "
                + "AND r.scheduled_time < ?",
            .integer(Int64(priority)),
            .integer(query.window.from.milliseconds),
            .integer(end.milliseconds)
        )
        var text = SQLText.joined([found, SQLText("r.parent_id IS NULL")] + filters, by: "AND", empty: .always)
            .wrapped("SELECT \(RequestColumns.selection) FROM request AS r WHERE ")
        text.sql += " ORDER BY r.scheduled_time, r.id LIMIT ?"
        text.values.append(.integer(Int64(limit)))
        return text
    }

    /// The same of all priorities, those first that are due first.
    ///
    /// - Parameters:
    ///   - limit: at most so many.
    ///   - read: asks the database.
    /// - Returns: by time and number.
    /// - Throws: what `read` throws.
    package func waiting(limit: Int, read: (SQLText) throws -> [JobRequest]) rethrows -> [JobRequest] {
        var found: [JobRequest] = []
        var end = query.window.to
        for priority in 0...9 {
            found += try read(waiting(priority: priority, before: end, limit: limit))
            guard found.count >= limit else { continue }
            found.sort { ($0.scheduledTime, $0.id) < ($1.scheduledTime, $1.id) }
            found.removeLast(found.count - limit)
            // Later ones of the priorities to come have no place any more.
            if let last = found.last { end = Timestamp(milliseconds: last.scheduledTime.milliseconds + 1) }
        }
        return found.sorted { ($0.scheduledTime, $0.id) < ($1.scheduledTime, $1.id) }
    }

    /// The next instances of parents that were found, as far as the reader may see them.
    package func nextInstances(of parents: [JobRequest]) -> RequestQuery? {
        let ids = parents.compactMap(\.kinship.nextInstance)
        guard !ids.isEmpty else { return nil }
        var next = RequestQuery(limit: ids.count)
        next.ids = ids
        next.visibility = query.visibility
        return next
    }

    private var filters: [SQLText] {
        let compiler = FilterCompiler(dialect: dialect)
        return [query.filter, query.visibility].compactMap(\.self).map { compiler.condition($0) }
    }
}

/// A row of `ForecastStatements.sources`.
package struct StoredForecastSource: Sendable {
    package let request: JobRequest
    private let schedule: JobSchedule?
    private let catchUp: CatchUpPolicy

    package init(request: JobRequest, plan: RequestPlan?) {
        self.request = request
        schedule = plan?.schedule
        catchUp = plan?.catchUp ?? .all
    }

    /// With the next instance, where it was found.
    package static func sources(_ stored: [StoredForecastSource], next: [RequestDetail]) -> [ForecastSource] {
        let instances = Dictionary(next.map { ($0.request.id, $0.request) }) { first, _ in first }
        return stored.map { source in
            ForecastSource(
                request: source.request,
                schedule: source.schedule,
                catchUp: source.catchUp,
                next: source.request.kinship.nextInstance.flatMap { instances[$0] }
            )
        }
    }
}
