/// How schedules are read (administration §9, `recurrence.`).
package struct RecurrenceSettings: Hashable, Sendable {
    /// IANA id of the zone of schedules that name none.
    package var defaultTimeZone: String
    /// Whether rules may have the parts that Oracle does not know.
    package var extensions: Bool

    package init(defaultTimeZone: String = "UTC", extensions: Bool = true) {
        self.defaultTimeZone = defaultTimeZone
        self.extensions = extensions
    }
}
