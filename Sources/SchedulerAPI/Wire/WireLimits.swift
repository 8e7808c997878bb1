/// Bounds of what a request body may hold.
package enum WireLimits {
    /// Parameters of one request (REST §3.1).
    package static let parametersMax = 1000
    /// `submit.argumentN` of one step, or without step (REST §3.1).
    package static let argumentsPerStepMax = 100
    /// Bytes of one parameter's value (administration §1.3).
    package static let parameterValueBytesMax = 32_768
    /// Bytes of the state that a job keeps over PAUSE (runtime §6).
    package static let pausedStateBytesMax = 4096
    /// Bytes of the reason that an operator gives for the audit trail.
    package static let reasonBytesMax = 4096
    /// Lines of a preview where the caller names no number.
    package static let previewStandard = 100
    /// What `limit` of a list may be (REST §5.2).
    package static let listRange: ClosedRange<Int64> = 1...500
    /// What `pageIndex` may be (REST §5.2).
    package static let pageRange: ClosedRange<Int64> = 1...Int64(Int32.max)
    /// Numbers in one `id` parameter (REST §5.2).
    package static let idsMax = 500
    package static let priorityRange: ClosedRange<Int64> = 0...9
    package static let retriesRange: ClosedRange<Int64> = 0...Int64(Int32.max)
    /// Minutes whose milliseconds still fit 64 bits.
    package static let requestTimeoutMinutesRange: ClosedRange<Int64> = 0...(Int64.max / 60_000)
}
