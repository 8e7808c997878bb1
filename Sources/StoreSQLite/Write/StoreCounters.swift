import SchedulerCore

/// What the store gives out in order: kept in memory by the writer, written with each commit.
struct StoreCounters {
    /// Time of the newest transaction; store time never goes back behind it.
    var lastTime = Timestamp(milliseconds: 0)
    var lastRequest: Int64 = 0
    var lastEpoch: Int64 = 0
    /// Steps of all histories share one sequence, so that none has to be counted.
    var lastStep: Int64 = 0

    static func read(_ connection: OpaquePointer) throws -> StoreCounters {
        let statement = try SQLiteStatement(
            connection,
            "SELECT last_time, last_request, last_epoch, last_step FROM counter"
        )
        let counters = try statement.firstRow { row in
            StoreCounters(
                lastTime: Timestamp(milliseconds: row.integer()),
                lastRequest: row.integer(),
                lastEpoch: row.integer(),
                lastStep: row.integer()
            )
        }
        guard let counters else { throw StoreFault("the database lacks its counters") }
        return counters
    }
}
