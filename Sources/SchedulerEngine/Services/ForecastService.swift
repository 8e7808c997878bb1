package import SchedulerCore

/// Tells what will start, as far as schedules, start times, shifts and earlier runs say (administration §6.3).
package struct ForecastService: Sendable {
    private let store: any RequestStore & ClusterStore & ForecastStore
    private let access: RequestAccess
    private let catalogue: CatalogueHolder
    private let recurrence: RecurrenceSettings
    private let time: any TimeSource

    package init(
        store: any RequestStore & ClusterStore & ForecastStore,
        access: RequestAccess,
        catalogue: CatalogueHolder,
        recurrence: RecurrenceSettings = RecurrenceSettings(),
        time: any TimeSource
    ) {
        self.store = store
        self.access = access
        self.catalogue = catalogue
        self.recurrence = recurrence
        self.time = time
    }

    /// Starts that are due within a stretch of time, of what the caller may read.
    ///
    /// - Parameters:
    ///   - from: first instant; nil = now.
    ///   - to: end, not included; nil = a day after `from`.
    ///   - filter: nil = everything. Of an instance it looks at the recurring parent.
    ///   - caller: who asks.
    /// - Returns: at most `ForecastLimits.entriesMax` entries, found in bounded time.
    /// - Throws: ESS-04005; `StoreFault`.
    package func forecast(
        from: Timestamp?,
        to: Timestamp?,
        filter: RequestFilter?,
        caller: Caller
    ) async throws -> Forecast {
        let now = try await store.now()
        let from = from ?? now
        let window = try ForecastWindow(from: from, to: to ?? from + ForecastLimits.span)
        let visibility = access.decision(for: caller).readScope.filter
        let query = ForecastQuery(window: window, filter: filter, visibility: visibility)
        let deadline = time.monotonicNow() + ForecastLimits.time
        var material = try await material(query)
        let named = material.sources.map(\.request) + material.waiting
        material.usual = try await store.usualDurations(of: Array(Set(named.map(\.facts.definitionID))))
        material.outlook = ShiftOutlook(
            WorkModel(catalogue.current, settings: recurrence),
            nodes: try await store.nodes().map { DiagnosisNode($0) }
        )
        return Forecast(material, window: window, now: now) {
            !Task.isCancelled && time.monotonicNow() < deadline
        }
    }

    private func material(_ query: ForecastQuery) async throws -> Forecast.Material {
        var sources: [ForecastSource] = []
        while sources.count <= ForecastLimits.sourcesMax {
            let page = try await store.forecastSources(
                query,
                after: sources.last?.request.id,
                limit: ForecastLimits.sourcesPage
            )
            sources += page
            if page.count < ForecastLimits.sourcesPage { break }
        }
        let isCut = sources.count > ForecastLimits.sourcesMax
        let waiting = try await store.forecastWaiting(query, limit: ForecastLimits.entriesMax + 1)
        return Forecast.Material(
            sources: Array(sources.prefix(ForecastLimits.sourcesMax)),
            waiting: waiting,
            isCut: isCut
        )
    }
}
