/// Bounds of metadata ids and objects.
package enum MetadataLimits {
    /// Longest canonical id, in bytes (administration §1.2).
    package static let idBytesMax = 512
    /// Longest text that is read as an id at all, in bytes: repeated slashes count here, not in the canonical form.
    package static let idInputBytesMax = 4096
    /// Longest chain of `extends` from a job type to its built-in root, in links (administration §1.4).
    package static let extendsDepthMax = 8
    /// Deepest nesting of job sets, in steps of a path (administration §1.4).
    package static let jobSetNestingMax = 10
    /// Most steps of a job set, those of the sets in it included.
    package static let jobSetStepsMax = 2000
    /// Longest id of a step, in bytes (administration §1.4).
    package static let stepIDBytesMax = 64
    /// Longest workshift, in minutes: 366 days (administration §1.4).
    package static let shiftMinutesMax: Int64 = 527_040
    /// Highest allocation or limit of a workshift.
    package static let workMax: Int64 = 1_000_000
    /// Longest retention, in days: a hundred years.
    package static let retentionDaysMax: Int64 = 36_525
    /// Longest application, node or similar label, in bytes.
    package static let labelBytesMax = 256
    /// Versions of an object that are kept, the one in force included (administration §3).
    package static let versionsMax = 50
    /// Longest list of differences that the audit trail keeps of one change, in bytes.
    package static let auditDiffBytesMax = 65_536
    /// Longest comment on a change, in bytes.
    package static let commentBytesMax = 4096
    /// Longest display name or description, in bytes.
    package static let textBytesMax = 32_768
}
