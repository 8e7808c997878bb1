/// Calls that wait for a connection, in the order they came.
struct WaitingLine {
    struct Entry: Hashable {
        let call: PoolMachine.CallID
        let since: Duration
        let deadline: Duration
    }

    private var entries: [Entry] = []
    /// Entries before it have left; removing each at once would move all others.
    private var head = 0
    /// No entry has an earlier deadline; some may all have a later one.
    private(set) var earliestDeadline: Duration?

    var count: Int { entries.count - head }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        earliestDeadline = min(earliestDeadline ?? entry.deadline, entry.deadline)
    }

    mutating func removeFirst() -> Entry? {
        guard head < entries.count else { return nil }
        defer {
            head += 1
            if head * 2 > entries.count { compact() }
        }
        return entries[head]
    }

    /// Takes out a call; nil if it does not wait.
    mutating func remove(_ call: PoolMachine.CallID) -> Entry? {
        compact()
        guard let index = entries.firstIndex(where: { $0.call == call }) else { return nil }
        defer { if entries.isEmpty { earliestDeadline = nil } }
        return entries.remove(at: index)
    }

    /// Takes out those whose time is up, in order.
    mutating func removeExpired(now: Duration) -> [Entry] {
        guard let earliestDeadline, earliestDeadline <= now else { return [] }
        compact()
        let expired = entries.filter { $0.deadline <= now }
        entries.removeAll { $0.deadline <= now }
        self.earliestDeadline = entries.map(\.deadline).min()
        return expired
    }

    mutating func removeAll() -> [Entry] {
        compact()
        defer {
            entries = []
            earliestDeadline = nil
        }
        return entries
    }

    private mutating func compact() {
        entries.removeFirst(head)
        head = 0
        if entries.isEmpty { earliestDeadline = nil }
    }
}
