package import SchedulerCore
import StoreSupport

extension SQLiteTransaction {
    /// Each priority in turn, best first, as a pass goes.
    package mutating func dueCount(before rank: Rank, limit: Int) throws -> Int {
        var count = 0
        var priority = 9
        while priority >= rank.priority, count < limit {
            let isOwn = priority == rank.priority
            for sql in [PollQueries.dueCountWaiting, PollQueries.dueCountQueued] where count < limit {
                let statement = try session.statements.statement(sql)
                statement.bind(priority)
                statement.bind(isOwn ? rank.scheduledTime.milliseconds : now.milliseconds)
                statement.bind(isOwn ? rank.requestID.value : .max)
                statement.bind(now.milliseconds)
                statement.bind(limit - count)
                count += Int(clamping: try statement.firstRow { $0.integer() } ?? 0)
            }
            priority -= 1
        }
        return count
    }
}
