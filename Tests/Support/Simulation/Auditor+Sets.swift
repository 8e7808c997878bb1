import SchedulerCore

/// Job sets (I45 to I47).
extension Auditor {
    static func checkSet(_ set: JobRequest, in tree: TreeView, _ state: inout State) {
        let root = state.trees.submissions[set.lineage.absParentID]?.plan?.jobSet
        let plan = set.lineage.stepID.map { root?.find($0)?.nested } ?? root
        guard let plan, let life = state.lives[set.id] else {
            state.violations.append("set \(set.id) has no plan")
            return
        }
        let steps = tree.children(of: set).filter { $0.lineage.parentAttempt == set.attempt }
        let place = "set \(set.id) in \(set.state.rawValue), attempt \(set.attempt)"
        let names = steps.map { step in
            String(step.lineage.stepID?.split(separator: ".").last ?? "")
        }
        state.expect(Set(names).count == names.count, "I47 \(place) has run \(names)")
        let isWaiting = set.state.isPending
        state.expect(!isWaiting || steps.isEmpty, "I47 \(place) has steps and has not started")
        guard !steps.isEmpty else {
            let isCalled = set.phase == .preProcessStart && set.policy.hasPreProcess
            state.expect(set.state != .running || isCalled, "I46 \(place) has made no step")
            return
        }
        if plan.mode == .parallel {
            state.expect(names == plan.steps.map(\.name), "I46 \(place) has made \(names)")
        } else {
            checkSeries(steps, names, plan, set, place, &state)
        }
        if set.state == .running { state.expect(steps.contains { !$0.state.isTerminal }, "I45 \(place) goes on") }
        let former = tree.before[set.id]
        guard let former, former.state == .running, set.state != .running, former.attempt == set.attempt else { return }
        let end = tree.newSteps(of: set, state.content).first { $0.from == .running && $0.to != .running }
        if let end, end.to != .cancelling { checkOutcome(of: set, as: end.to, steps, plan, life, place, &state) }
    }

    /// I46: each step is the one that the end of its predecessor leads to, and comes with that.
    private static func checkSeries(
        _ steps: [JobRequest],
        _ names: [String],
        _ plan: JobSetPlan,
        _ set: JobRequest,
        _ place: String,
        _ state: inout State
    ) {
        state.expect(names.first == plan.firstStep, "I46 \(place) has begun with \(names)")
        for index in steps.indices {
            let step = steps[index]
            let links = plan.find(names[index])?.successors
            let link: String? =
                switch step.state {
                case .succeeded: links?.success
                case .warning: links?.warning
                case .error: links?.error
                default: nil
                }
            if index + 1 < steps.count {
                state.expect(step.state.isTerminal, "I46 \(place) goes on beside step \(names[index])")
                state.expect(link == names[index + 1], "I46 \(place): \(names[index + 1]) follows \(names[index])")
                if step.state == .error { state.count(.errorLink) }
            } else {
                let isAtEnd = !step.state.isTerminal || link == nil || set.state != .running
                state.expect(isAtEnd, "I46 \(place): nothing follows \(names[index])")
                // A set that ends by itself has gone all the way.
                let hasEnded = [.succeeded, .warning, .error, .errorAutoRetry, .completed].contains(set.state)
                state.expect(!hasEnded || link == nil, "I46 \(place) has ended before step \(link ?? "")")
            }
        }
    }

    /// I45, from all steps at once.
    private static func checkOutcome(
        of set: JobRequest,
        as outcome: RequestState,
        _ steps: [JobRequest],
        _ plan: JobSetPlan,
        _ life: AuditedLife,
        _ place: String,
        _ state: inout State
    ) {
        func select(_ step: JobRequest) -> Bool? {
            plan.find(String(step.lineage.stepID?.split(separator: ".").last ?? ""))?.selectState
        }
        let chosen = steps.filter { select($0) == true }
        let contributing = chosen.isEmpty ? steps.filter { select($0) != false } : chosen
        if !chosen.isEmpty, chosen.count < steps.count { state.count(.selected) }
        let failed = contributing.filter { [.error, .expired, .validationFailed].contains($0.state) }
        let deciding: [JobRequest]
        let expected: RequestState
        var executed: RequestState?
        var errorType: ErrorType?
        if !failed.isEmpty {
            deciding = failed
            let kinds = failed.map { $0.errorType ?? .system }
            errorType = plan.mode == .serial ? kinds.last : common(kinds)
            let mayRetry = errorType == .system && life.retries < life.policy.retries
            expected = mayRetry ? .errorAutoRetry : .error
            state.count(mayRetry ? .setRetried : .setFailed)
            if errorType == .mixedBusiness || errorType == .mixedNonBusiness { state.count(.mixedError) }
            if mayRetry { errorType = nil }
        } else if contributing.contains(where: { $0.state == .cancelled }) {
            deciding = contributing.filter { $0.state == .cancelled }
            expected = .cancelled
            state.expect(set.cause == .processCancel, "I45 \(place) by cause \(set.cause.rawValue)")
            state.count(.setCancelledByStep)
        } else if contributing.contains(where: { $0.state == .warning }) {
            deciding = contributing.filter { $0.state == .warning }
            expected = .completed
            executed = .warning
            state.count(.setWarned)
        } else {
            deciding = []
            expected = .completed
            executed = .succeeded
            state.count(.setSucceeded)
        }
        let outcomes = steps.map { "\($0.lineage.stepID ?? ""): \($0.state.rawValue)" }
        state.expect(outcome == expected, "I45 \(place), at first \(outcome.rawValue), comes of \(outcomes)")
        if let executed, !life.policy.hasPostProcess {
            let end: RequestState = life.isWarned ? .warning : executed
            state.expect(set.state == end, "I45 \(place), not \(end.rawValue), comes of \(outcomes)")
        } else if set.state != outcome {
            // What has been done to it since has other reasons.
            return
        }
        state.expect(executed == nil || set.executableState == executed, "I45 \(place) forgets \(outcomes)")
        state.expect(set.errorType == errorType, "I45 \(place) has error type \(set.errorType?.rawValue ?? "none")")
        let isNamed =
            deciding.isEmpty
            || deciding.contains { step in
                set.message?.text.hasPrefix("Step \(step.lineage.stepID ?? "") ended in ") ?? false
            }
        state.expect(isNamed, "I45 \(place) says \(set.message?.text ?? "nothing")")
    }

    private static func common(_ kinds: [ErrorType]) -> ErrorType? {
        if Set(kinds).count == 1 { return kinds.first }
        return kinds.contains { $0 == .business || $0 == .mixedBusiness } ? .mixedBusiness : .mixedNonBusiness
    }
}
