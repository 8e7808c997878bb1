import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func forecastSources(
        _ query: ForecastQuery,
        after id: RequestID?,
        limit: Int
    ) async throws -> [ForecastSource] {
        try await readers.search { session in
            let statements = ForecastStatements(query, in: .postgres)
            let found = try session.rows(statements.sources(after: id, limit: limit)) { row in
                let request = try session.codec.read(row)
                return StoredForecastSource(request: request, plan: try row.blob(PlanCodec.recurrence))
            }
            let next = try statements.nextInstances(of: found.map(\.request)).map { try session.list($0) }
            return StoredForecastSource.sources(found, next: next ?? [])
        }
    }

    package func forecastWaiting(_ query: ForecastQuery, limit: Int) async throws -> [JobRequest] {
        try await readers.search { session in
            try ForecastStatements(query, in: .postgres).waiting(limit: limit) { text in
                try session.rows(text, session.codec.read)
            }
        }
    }

    package func usualDurations(
        of definitions: [MetadataObjectID]
    ) async throws -> [MetadataObjectID: UsualDuration] {
        try await readers.read { session in
            var definitionsByKey: [Int64: MetadataObjectID] = [:]
            for definition in definitions {
                // A definition that nobody submitted has no label.
                guard let key = try session.labels.existingKey(of: definition.description) else { continue }
                definitionsByKey[key] = definition
            }
            var spans: [Int64: [Int64]] = [:]
            let found = try session.query(PollQueries.usualDurations) { parameters in
                parameters.append(array: Array(definitionsByKey.keys))
                parameters.append(UsualDuration.runsMax)
            }
            .stored { (key: $0.integer(), span: $0.integer()) }
            for (key, span) in found { spans[key, default: []].append(span) }
            var usual: [MetadataObjectID: UsualDuration] = [:]
            for (key, definition) in definitionsByKey {
                usual[definition] = UsualDuration(milliseconds: spans[key] ?? [])
            }
            return usual
        }
    }
}
