/// Bounds of a forecast.
package enum ForecastLimits {
    /// Entries of one forecast (administration §6.3).
    package static let entriesMax = 10_000
    /// Recurring parents and held requests that one forecast looks at.
    package static let sourcesMax = 10_000
    /// The same that are read from the store at a time.
    package static let sourcesPage = 500
    /// Instants of one schedule that are followed one by one before the window begins; what lies further back is left
    /// out, as if nothing of it were still under way.
    package static let stepsBefore = 100
    /// Openings of shifts that are tried for one start.
    package static let openingsTried = 8
    /// Stretches of time between changes of shifts whose plans are kept.
    package static let stretchesKept = 1000
    /// How far a forecast looks where the caller does not say.
    package static let span: Duration = .seconds(24 * 3600)
    /// How long one forecast may take to be put together; what is left out by then is told.
    package static let time: Duration = .seconds(5)
}
