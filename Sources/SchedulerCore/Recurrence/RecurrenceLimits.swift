/// Bounds of schedules and of the work of one look-up (runtime §5.2).
package enum RecurrenceLimits {
    /// Longest `icalString`, in bytes; longer ones fail with ESS-04002 at the first byte too many.
    package static let icalStringBytesMax = 16_384
    /// Largest INTERVAL, in units of FREQ.
    package static let intervalMax = 99_999
    /// Largest COUNT, in instants.
    package static let countMax = 1_000_000
    /// Recurrences of one schedule, and patterns that it excludes, each.
    package static let patternsMax = 100
    /// Single instants that one schedule includes, and exclusions of it, each.
    package static let instantsMax = 10_000
    /// How far a look-up looks ahead, in days: 100 years. What comes later does not come.
    package static let horizonDays: Int64 = 36_525
    /// Steps of a rule finer than DAILY that one look-up tries before it gives up and finds nothing. Steps that cannot
    /// match are jumped over, so that only rules made for it come near this.
    package static let stepsTriedMax = 2_000_000
    /// Excluded instants in a row that one look-up passes before it gives up and finds nothing.
    package static let excludedInARowMax = 100_000
    /// Instants that are counted one by one for a record of skips, where arithmetic cannot count them.
    package static let skipsCountedMax = 1_000_000
    /// Lines of a preview.
    package static let previewMax = 1000
    /// First and last second that is looked at, since 1970-01-01T00:00:00Z: the years 1 to 9999.
    package static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
}
