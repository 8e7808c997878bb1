import Foundation

/// What every measurement needs.
struct Bench {
    let options: Options
    let sizes: Sizes

    init(_ options: Options) {
        self.options = options
        sizes = options.isQuick ? .quick : .full
    }

    func folder() throws -> DataFolder { try DataFolder(below: options.directory) }

    func with<Value>(_ folder: DataFolder, _ flags: [String] = [], _ body: (BenchServer) throws -> Value) throws
        -> Value
    {
        try BenchServer.with(options.server, folder, flags, body)
    }

    func wants(_ measurement: Measurement) -> Bool { options.measurements.contains(measurement) }

    /// What is going on, for whoever waits.
    func tell(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    /// Rate, percentiles and processor time of the runs of one load.
    static func figures(_ runs: [LoadResult], unit: String) -> [Figure] {
        [
            Figure("\(unit)/s", runs.map(\.rate)),
            Figure("slowest s", runs.map(\.slowestSecond)),
            Figure("p50 ms", runs.map { $0.samples.percentile(50) }),
            Figure("p95 ms", runs.map { $0.samples.percentile(95) }),
            Figure("p99 ms", runs.map { $0.samples.percentile(99) }),
            Figure("max ms", runs.map { $0.samples.percentile(100) }),
            Figure("server CPU µs", runs.map(\.serverMicrosecondsPerCall)),
            Figure("load CPU µs", runs.map(\.ownMicrosecondsPerCall)),
        ]
    }

    /// Percentiles of samples in milliseconds; one set a run.
    static func percentiles(_ runs: [Samples]) -> [Figure] {
        [
            Figure("p50 ms", runs.map { $0.percentile(50) }),
            Figure("p95 ms", runs.map { $0.percentile(95) }),
            Figure("p99 ms", runs.map { $0.percentile(99) }),
            Figure("max ms", runs.map { $0.percentile(100) }),
        ]
    }
}
