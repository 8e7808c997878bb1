/// What a forecast reads (administration §6.3). All calls throw `StoreFault`.
package protocol ForecastStore: Sendable {
    /// Recurring parents that make instances, held ones included, and requests of their own that are held and scheduled
    /// within the window.
    ///
    /// - Parameters:
    ///   - query: which of them; it looks at the parent, of a next instance too.
    ///   - id: only greater numbers; nil = from the first.
    ///   - limit: at most so many.
    /// - Returns: in order of their numbers.
    /// - Throws: `StoreFault`.
    func forecastSources(
        _ query: ForecastQuery,
        after id: RequestID?,
        limit: Int
    ) async throws -> [ForecastSource]

    /// Requests of their own in WAIT that are scheduled within the window.
    ///
    /// - Parameters:
    ///   - query: which of them.
    ///   - limit: at most so many.
    /// - Returns: those that are due first, by time and number.
    /// - Throws: `StoreFault`.
    func forecastWaiting(_ query: ForecastQuery, limit: Int) async throws -> [JobRequest]

    /// How long the newest runs that ended in SUCCEEDED or WARNING took.
    ///
    /// - Parameter definitions: each once.
    /// - Returns: those that have such runs.
    /// - Throws: `StoreFault`.
    func usualDurations(of definitions: [MetadataObjectID]) async throws -> [MetadataObjectID: UsualDuration]
}

/// Which requests a forecast is about.
package struct ForecastQuery: Hashable, Sendable {
    package let window: ForecastWindow
    /// What the caller asked for; nil = everything.
    package var filter: RequestFilter?
    /// What the reader may see; nil = everything. Part of the store's own query.
    package var visibility: RequestFilter?

    package init(window: ForecastWindow, filter: RequestFilter? = nil, visibility: RequestFilter? = nil) {
        self.window = window
        self.filter = filter
        self.visibility = visibility
    }
}

extension JobRequest {
    /// Whether a forecast is made from it: it makes instances, or is held on its own.
    package func isForecastSource(within window: ForecastWindow) -> Bool {
        guard lineage.type.isRoot, state == .wait || state == .hold else { return false }
        return lineage.type.isRecurringParent || (state == .hold && window.contains(scheduledTime))
    }
}
