package import SchedulerCore

extension SkipRecord {
    /// Columns of `schedule_skip` in the order of `bind` and `init(row:)`.
    package static let columns = "first_instant, last_instant, instants, is_exact, reason"

    package func bind(to row: some RowSink) {
        row.bind(first.milliseconds)
        row.bind(last.milliseconds)
        row.bind(count)
        row.bind(isCountExact)
        row.bind(StoredCodes.skipReasons.code(reason))
    }

    package init(row: some RowSource) throws(StoreFault) {
        let first = Timestamp(milliseconds: row.integer())
        let last = Timestamp(milliseconds: row.integer())
        let count = Int(clamping: row.integer())
        let isExact = row.flag()
        let reason = try StoredCodes.skipReasons.value(row.integer())
        self.init(first: first, last: last, count: count, isCountExact: isExact, reason: reason)
    }
}
