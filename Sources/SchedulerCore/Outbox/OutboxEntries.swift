/// The entries that a change of a request owes to those who listen (runtime §9.5).
enum OutboxEntries {
    /// - Parameters:
    ///   - before: as it is stored.
    ///   - after: as it will be; its number of entries goes on.
    ///   - steps: what it passed.
    ///   - now: store time.
    /// - Returns: in the order of the events; of one event the request's own callback first.
    static func make(
        _ before: JobRequest,
        _ after: inout JobRequest,
        steps: [TransitionStep],
        now: Timestamp
    ) -> [OutboxEntry] {
        let audience = after.kinship.audience
        var entries: [OutboxEntry] = []
        func add(_ channel: OutboxChannel, _ subscriber: RequestID, _ notice: EventNotice) {
            after.kinship.audience.entries += 1
            entries.append(
                OutboxEntry(
                    requestID: after.id,
                    number: after.kinship.audience.entries,
                    channel: channel,
                    subscriberID: subscriber,
                    notice: notice,
                    since: now
                )
            )
        }
        for step in steps where step.refusal == nil && step.from != step.to {
            guard step.to.isTerminal || audience.hasListener else { continue }
            let notice = EventNotice(step, of: after)
            if step.to.isTerminal {
                if audience.hasCallback { add(.callback, after.id, notice) }
                if audience.hasParentCallback, let parent = after.lineage.parentID {
                    add(.parentCallback, parent, notice)
                }
            }
            if audience.hasListener { add(.listener, after.id, notice) }
        }
        if audience.hasListener, after.isTimedOut, !before.isTimedOut {
            add(.listener, after.id, EventNotice(.timedOut, of: after, time: now))
        }
        return entries
    }
}
