package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func forecastSources(
        _ query: ForecastQuery,
        after id: RequestID?,
        limit: Int
    ) async throws -> [ForecastSource] {
        try await searchers.read { session in
            let statements = ForecastStatements(query, in: .sqlite)
            let found = try session.rows(statements.sources(after: id, limit: limit)) { row in
                let request = try session.codec.read(row)
                return StoredForecastSource(request: request, plan: try row.blob(PlanCodec.recurrence))
            }
            let next = try statements.nextInstances(of: found.map(\.request)).map {
                try ListQueries.run($0, in: session)
            }
            return StoredForecastSource.sources(found, next: next ?? [])
        }
    }

    package func forecastWaiting(_ query: ForecastQuery, limit: Int) async throws -> [JobRequest] {
        try await searchers.read { session in
            try ForecastStatements(query, in: .sqlite).waiting(limit: limit) { text in
                try session.rows(text, session.codec.read)
            }
        }
    }

    package func usualDurations(
        of definitions: [MetadataObjectID]
    ) async throws -> [MetadataObjectID: UsualDuration] {
        try await readers.read { session in
            var found: [MetadataObjectID: UsualDuration] = [:]
            for definition in definitions {
                // A definition that nobody submitted has no label.
                guard let key = try session.labels.existingKey(of: definition.description) else { continue }
                let statement = try session.statements.statement(PollQueries.usualDurations)
                statement.bind(key)
                statement.bind(UsualDuration.runsMax)
                found[definition] = UsualDuration(milliseconds: try statement.rows { $0.integer() })
            }
            return found
        }
    }
}

extension ReadSession {
    fileprivate func rows<Value>(_ text: SQLText, _ read: (SQLiteStatement) throws -> Value) throws -> [Value] {
        let statement = try statements.statement(text.sql)
        for value in text.values { statement.bind(value) }
        return try statement.rows(read)
    }
}
