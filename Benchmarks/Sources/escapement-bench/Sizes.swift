/// How much of everything is done.
struct Sizes {
    /// Every figure is the median of so many runs.
    static let runs = 3
    /// Processor threads of the server where jobs are drained in process.
    static let drainThreads = 256
    /// … and where they are processes.
    static let spawnThreads = 32
    /// Connections of measurements that do not vary them.
    static let connections = 16
    /// Connections by which lists are read, and requests on a page.
    static let listConnections = 4
    static let pageSize = 50
    /// Connections by which a store is filled.
    static let fillConnections = 64
    /// Submits a second of the steady load: well below what the server can do.
    static let steadyRate = 500.0

    /// Values of the domain in which requests are incompatible.
    static let lockValues = 200

    let connectionCounts: [Int]
    let warmUpSeconds: Double
    let windowSeconds: Double
    let idleSeconds: Double
    let waitingRequests: Int
    let drainJobs: Int
    let bigDrainJobs: Int?
    let spawnJobs: Int
    let latencyJobs: Int
    let forceCancels: Int
    let steadySeconds: Double
    let purgedRequests: Int
    /// So many that wait and so many that have ended.
    let crowdRequests: Int
    /// So many of which lists show a page.
    let listedRequests: Int
    let schedules: Int

    static let full = Sizes(
        connectionCounts: [1, 16, 64, 256],
        warmUpSeconds: 3,
        windowSeconds: 5,
        idleSeconds: 10,
        waitingRequests: 100_000,
        drainJobs: 20_000,
        bigDrainJobs: 100_000,
        spawnJobs: 2_000,
        latencyJobs: 500,
        forceCancels: 5_000,
        steadySeconds: 600,
        purgedRequests: 1_000_000,
        crowdRequests: 1_000_000,
        listedRequests: 1_000_000,
        schedules: 10_000
    )

    static let quick = Sizes(
        connectionCounts: [1, 16, 64, 256],
        warmUpSeconds: 0.5,
        windowSeconds: 1,
        idleSeconds: 3,
        waitingRequests: 10_000,
        drainJobs: 3_000,
        bigDrainJobs: nil,
        spawnJobs: 300,
        latencyJobs: 100,
        forceCancels: 500,
        steadySeconds: 20,
        purgedRequests: 100_000,
        crowdRequests: 50_000,
        listedRequests: 50_000,
        schedules: 500
    )
}
