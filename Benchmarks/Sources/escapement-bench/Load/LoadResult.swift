/// What callers saw in one run.
struct LoadResult: Sendable {
    /// Sorted.
    let samples: Samples
    let seconds: Double
    /// Calls that ended in each whole second of the run.
    let perSecond: [Int]
    let ownCPUSeconds: Double
    let serverCPUSeconds: Double?

    var rate: Double { Double(samples.count) / seconds }
    /// Of a run shorter than a second its rate.
    var slowestSecond: Double { perSecond.min().map { Double($0) } ?? rate }
    var serverMicrosecondsPerCall: Double { (serverCPUSeconds ?? 0) * 1e6 / Double(samples.count) }
    var ownMicrosecondsPerCall: Double { ownCPUSeconds * 1e6 / Double(samples.count) }
}
