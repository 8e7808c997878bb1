/// Gives the entries of all sources of a forecast in order, one at a time.
struct ForecastMerge {
    /// The next entry of one source.
    private struct Head: Comparable {
        let instant: Timestamp
        let order: Int64
        /// Of the walk; of the requests that are all known beforehand -1.
        let source: Int

        static func < (left: Head, right: Head) -> Bool {
            (left.instant, left.order, left.source) < (right.instant, right.order, right.source)
        }
    }

    private let window: ForecastWindow
    private var outlook: ShiftOutlook
    private var walks: [InstanceWalk] = []
    /// Entries that need no walk, by instant and number.
    private let single: [(request: JobRequest, isHeld: Bool)]
    private var nextSingle = 0
    private let usual: [MetadataObjectID: UsualDuration]
    private let now: Timestamp
    /// The one that comes first stands at the end.
    private var heads: [Head] = []
    /// Whether the work was ended before all was found.
    private(set) var isBrokenOff = false
    /// Whether the work was ended before all sources were looked at: then entries are missing everywhere.
    private var isIncomplete = false

    init(_ material: Forecast.Material, window: ForecastWindow, now: Timestamp, mayGoOn: () -> Bool) {
        self.window = window
        self.now = now
        outlook = material.outlook
        usual = material.usual
        let held = material.sources.map(\.request).filter { !$0.lineage.type.isRecurringParent }
        single = (material.waiting.map { ($0, false) } + held.map { ($0, true) })
            .filter { window.contains($0.0.scheduledTime) }
            .sorted { ($0.0.scheduledTime, $0.0.id) < ($1.0.scheduledTime, $1.0.id) }
        for source in material.sources where source.request.lineage.type.isRecurringParent {
            guard mayGoOn() else {
                isBrokenOff = true
                isIncomplete = true
                break
            }
            // A zone that this machine does not know has no instants here.
            let usual = material.usual[source.request.facts.definitionID]
            guard var walk = try? InstanceWalk(source, usual: usual, now: now) else { continue }
            walk.go(to: window.from, &outlook)
            walks.append(walk)
            push(walks.count - 1)
        }
        pushSingle()
    }

    /// The instant from which on nothing was given yet; nil where entries are missing before it, too.
    var upcoming: Timestamp? { isIncomplete ? nil : heads.last?.instant }

    /// - Returns: nil where none is left, or the work was ended.
    mutating func next(mayGoOn: () -> Bool) -> ForecastEntry? {
        guard let head = heads.last else { return nil }
        guard mayGoOn() else {
            isBrokenOff = true
            return nil
        }
        heads.removeLast()
        guard head.source >= 0 else { return takeSingle() }
        let entry = walks[head.source].take(&outlook)
        push(head.source)
        return entry
    }

    private mutating func takeSingle() -> ForecastEntry {
        let (request, isHeld) = single[nextSingle]
        nextSingle += 1
        pushSingle()
        var entry = ForecastEntry(
            ForecastEntry.Subject(request, requestID: request.id, parentID: nil),
            instant: request.scheduledTime,
            usual: usual[request.facts.definitionID]
        )
        let earliest = max(now, request.dispatchTime ?? request.scheduledTime)
        entry.foresee(request.facts, isHeld: isHeld, from: earliest, &outlook)
        return entry
    }

    private mutating func pushSingle() {
        guard nextSingle < single.count else { return }
        let request = single[nextSingle].request
        insert(Head(instant: request.scheduledTime, order: request.id.value, source: -1))
    }

    private mutating func push(_ source: Int) {
        guard let instant = walks[source].instant, instant < window.to else { return }
        insert(Head(instant: instant, order: walks[source].number, source: source))
    }

    private mutating func insert(_ head: Head) {
        var (low, high) = (0, heads.count)
        while low < high {
            let middle = (low + high) / 2
            if head < heads[middle] { low = middle + 1 } else { high = middle }
        }
        heads.insert(head, at: low)
    }
}
