/// Where a system property may be set (runtime §4).
package struct PropertyPlaces: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let jobType = PropertyPlaces(rawValue: 1 << 0)
    package static let jobDefinition = PropertyPlaces(rawValue: 1 << 1)
    package static let jobSet = PropertyPlaces(rawValue: 1 << 2)
    package static let step = PropertyPlaces(rawValue: 1 << 3)
    package static let submission = PropertyPlaces(rawValue: 1 << 4)
    /// Facts that only the server sets.
    package static let server = PropertyPlaces(rawValue: 1 << 5)

    /// D of the table: every kind of metadata that has parameters.
    package static let metadata: PropertyPlaces = [.jobType, .jobDefinition, .jobSet, .step]
    /// D S of the table.
    package static let metadataAndSubmission: PropertyPlaces = [.metadata, .submission]
}
