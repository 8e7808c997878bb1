import SchedulerCore

/// Recurring parents (I32 to I38, I44).
extension Auditor {
    static func checkSchedule(of parent: JobRequest, in tree: TreeView, _ state: inout State) {
        guard var schedule = state.trees.schedules[parent.id] else {
            state.violations.append("request \(parent.id) has no schedule")
            return
        }
        let children = tree.children(of: parent)
        let skips = tree.after.skips[parent.id] ?? []
        let former = state.content.skips[parent.id] ?? []
        let place = "recurring parent \(parent.id) in \(parent.state.rawValue)"
        // What it would make next has no definition either.
        let isInvalid = children.contains {
            $0.state == .validationFailed && schedule.instances.contains($0.id)
                && state.lives[$0.id]?.hasStarted == false
        }
        if isInvalid { schedule.isEnded = true }
        state.expect(skips.starts(with: former), "I32 \(place) has lost a skip")
        for skip in skips.dropFirst(former.count) { checkReason(of: skip, &schedule, place, tree, &state) }
        state.expect(schedule.operatorSkips.isEmpty, "I32 \(place) has not recorded \(schedule.operatorSkips)")
        schedule.operatorSkips = []
        if var old = schedule.replaced.popLast() {
            checkReplacement(of: old, tree, children, place, &state)
            checkCoverage(children, skips, &old, place, &state)
            schedule.firstSkip = skips.count
        }
        checkCoverage(children, skips, &schedule, place, &state)
        let cursor = parent.kinship.cursor.map(NaiveSchedule.seconds)
        state.expect(
            cursor == schedule.cursor,
            "I32 \(place) has decided to \(cursor ?? 0), not \(schedule.cursor ?? 0)"
        )
        checkState(of: parent, tree, isOver: schedule.isOver, place, &state)
        checkInstances(children, schedule.overlap, tree, place, &state)
        state.trees.schedules[parent.id] = schedule
    }

    private static func checkReason(
        of skip: SkipRecord,
        _ schedule: inout AuditedSchedule,
        _ place: String,
        _ tree: TreeView,
        _ state: inout State
    ) {
        let last = NaiveSchedule.seconds(skip.last)
        let present = NaiveSchedule.present(tree.after.lastTime)
        switch skip.reason {
        case .catchUp:
            state.expect(schedule.catchUp != .all && last < present, "I32 \(place) skips for catch-up: \(skip)")
        case .overlap:
            state.expect(schedule.overlap == .skip && last <= present, "I32 \(place) skips for overlap: \(skip)")
        case .operator:
            let isWanted = schedule.operatorSkips.first == skip
            state.expect(isWanted, "I32 \(place) skips for an operator: \(skip), not \(schedule.operatorSkips)")
            if isWanted { schedule.operatorSkips.removeFirst() }
        }
    }

    /// I32, I34, I36: each instant up to the last one decided has one child or one skip, and nothing else has any. An
    /// instance that overlap `skip` could move nowhere has given its instant up.
    private static func checkCoverage(
        _ children: [JobRequest],
        _ skips: [SkipRecord],
        _ schedule: inout AuditedSchedule,
        _ place: String,
        _ state: inout State
    ) {
        let children = children.filter { schedule.instances.contains($0.id) }
        let look = AuditedSchedule.Look(
            skips: skips.count,
            children: children.map { $0.state == .expired ? -1 : $0.scheduledTime.milliseconds },
            cursor: schedule.cursor
        )
        guard look != schedule.looked else { return }
        schedule.looked = look
        var owners: [Int64: Int] = [:]
        var last = Int64.min
        for skip in skips.dropFirst(schedule.firstSkip) {
            let (first, end) = (NaiveSchedule.seconds(skip.first), NaiveSchedule.seconds(skip.last))
            let covered = schedule.naive.instants(through: end).filter { $0 >= first }
            let isRight = covered.first == first && covered.last == end && covered.count == skip.count
            state.expect(isRight && skip.isCountExact, "I32 \(place): \(skip) is of \(covered.count) instants")
            for instant in covered { owners[instant, default: 0] += 1 }
            schedule.cursor = max(schedule.decided, end)
        }
        for child in children {
            let instant = NaiveSchedule.seconds(child.scheduledTime)
            state.expect(instant > last, "I34 \(place): instance \(child.id) of \(instant) is out of order")
            last = instant
            let hasGivenUp =
                schedule.overlap == .skip && child.state == .expired
                && skips.contains { $0.reason == .overlap && NaiveSchedule.seconds($0.first) == instant }
            if hasGivenUp { state.count(.overlapExpired) } else { owners[instant, default: 0] += 1 }
        }
        checkPromise(owners.keys.sorted(), schedule, place, &state)
        for instant in schedule.instantsDecided {
            let count = owners.removeValue(forKey: instant) ?? 0
            state.expect(count == 1, "I32 \(place): instant \(instant) has \(count) children and skips")
        }
        state.expect(owners.isEmpty, "I36 \(place): \(owners.keys.sorted()) are no instants")
    }

    /// I42: what was decided is what the preview showed, as far as it went.
    private static func checkPromise(
        _ decided: [Int64],
        _ schedule: AuditedSchedule,
        _ place: String,
        _ state: inout State
    ) {
        let shown = schedule.promised.prefix(decided.count)
        let isKept = decided.starts(with: shown) && (!schedule.isPromiseWhole || shown.count == decided.count)
        state.expect(isKept, "I42 \(place) has decided \(decided), and the preview showed \(shown)")
        if decided.count > 1 { state.count(.previewKept) }
    }

    private static func checkState(
        of parent: JobRequest,
        _ tree: TreeView,
        isOver: Bool,
        _ place: String,
        _ state: inout State
    ) {
        let live = tree.liveChildren(of: parent)
        let extras = state.trees.schedules[parent.id]?.extras ?? []
        let next = live.filter {
            $0.state.isPending && state.lives[$0.id]?.hasStarted == false && !extras.contains($0.id)
        }
        switch parent.state {
        case .wait: state.expect(next.count == 1, "I33 \(place) has \(next.map(\.id)) as next")
        case .hold: state.expect(next.count <= 1, "I33 \(place) has \(next.map(\.id)) as next")
        case .scheduleEnded:
            state.expect(
                isOver && next.isEmpty && !live.isEmpty,
                "I44 \(place), over \(isOver), with \(live.map(\.id))"
            )
        case .finished:
            let isCancelled = state.lives[parent.id]?.isCancelled ?? false
            state.expect(isOver && live.isEmpty && !isCancelled, "I44 \(place), over \(isOver)")
            if tree.before[parent.id]?.state != .finished { state.count(.scheduleFinished) }
        case .cancelling: break
        case .cancelled:
            let hasBeenAsked = state.lives[parent.id]?.isCancelled ?? false
            state.expect(hasBeenAsked && parent.cause == .operatorCancel, "I44 \(place)")
            if tree.before[parent.id]?.state != .cancelled { state.count(.scheduleCancelled) }
        default: state.violations.append("I33 \(place)")
        }
    }

    /// I35: without `allow` none starts beside another that has started and not ended. Such as run together by an
    /// earlier schedule go on.
    private static func checkInstances(
        _ children: [JobRequest],
        _ overlap: OverlapPolicy,
        _ tree: TreeView,
        _ place: String,
        _ state: inout State
    ) {
        guard overlap != .allow else { return }
        let started = children.filter { !$0.state.isTerminal && state.lives[$0.id]?.hasStarted == true }
        guard started.count > 1 else { return }
        let isNew = started.contains { tree.before[$0.id]?.epoch == nil }
        state.expect(!isNew, "I35 \(place): \(started.map(\.id)) have all started")
    }
}
