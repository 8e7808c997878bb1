/// The unit in which a rule repeats, finest first.
package enum RecurrenceFrequency: String, CaseIterable, Hashable, Sendable {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"

    /// Length of the unit in seconds if it is stepped in elapsed time; nil for DAILY and coarser: local dates.
    package var elapsedSeconds: Int64? {
        switch self {
        case .secondly: 1
        case .minutely: 60
        case .hourly: 3600
        case .daily, .weekly, .monthly, .yearly: nil
        }
    }
}
