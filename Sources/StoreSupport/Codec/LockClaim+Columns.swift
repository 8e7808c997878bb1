package import SchedulerCore

/// Rows of `lock_claim`, in every store the same.
extension LockClaim {
    package static let columnNames = [
        "request_id", "root_id", "key", "entity", "is_self", "kind", "is_inner", "urgency", "scheduled_time",
    ]
    /// From `lock_claim AS l`.
    package static let selection = columnNames.map { "l.\($0)" }.joined(separator: ", ")

    /// Binds all columns in order.
    package func bind(to row: some RowSink, labels: some RequestLabels) throws {
        row.bind(request.value)
        row.bind(root.value)
        row.bind(token.key.label)
        row.bind(try labels.key(of: token.entity.description))
        row.bind(token.isSelfIncompatible)
        row.bind(StoredCodes.lockKinds.code(kind))
        row.bind(isInner)
        row.bind(LockStatements.urgency(rank))
        row.bind(rank.scheduledTime.milliseconds)
    }

    package init(row: some RowSource, labels: some RequestLabels) throws {
        let request = RequestID(row.integer())
        let root = RequestID(row.integer())
        guard let key = LockKey(label: row.text()) else {
            throw StoreFault("the database holds an unreadable lock key")
        }
        let entity = try labels.objectID(of: row.integer())
        let isSelf = row.flag()
        let kind = try StoredCodes.lockKinds.value(row.integer())
        let isInner = row.flag()
        let priority = LockStatements.mostUrgent - Int(clamping: row.integer())
        let scheduledTime = Timestamp(milliseconds: row.integer())
        self.init(
            token: LockToken(key, entity: entity, isSelfIncompatible: isSelf),
            request: request,
            root: root,
            kind: kind,
            isInner: isInner,
            rank: Rank(priority: priority, scheduledTime: scheduledTime, requestID: request)
        )
    }
}

extension LockKey {
    /// Takes apart what `label` put together; nil where the text is none.
    init?(label text: String) {
        guard let end = text.firstIndex(of: Self.separator),
            let object = MetadataObjectID(label: String(text[..<end]))
        else { return nil }
        self.init(object, value: String(text[text.index(after: end)...]))
    }
}

/// Statements over `lock_claim` that both dialects share. Parameters are numbered in the order named.
package enum LockStatements {
    private static let waiting = StoredCodes.lockKinds.code(.waiting)
    package static let isWaiting = "l.kind = \(waiting)"
    package static let isHeld = "l.kind <> \(waiting)"
    /// Best rank first.
    package static let order = "ORDER BY l.urgency, l.scheduled_time, l.request_id"
    /// To be compared with a rank's urgency, scheduled time and number: the lesser is the better.
    package static let rank = "(l.urgency, l.scheduled_time, l.request_id)"

    /// Priority of urgency 0: ranks grow with urgency, as do indexes.
    static let mostUrgent = 9

    package static func urgency(_ rank: Rank) -> Int { mostUrgent - rank.priority }
}
