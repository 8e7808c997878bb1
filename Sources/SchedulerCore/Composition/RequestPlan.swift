/// What a whole tree is to do, kept at its root: the copy of schedule and job set that it was submitted with
/// (runtime §5.1, administration §1.3). Later edits of the metadata do not reach it.
package struct RequestPlan: Hashable, Sendable {
    /// Of a recurring parent.
    package var schedule: JobSchedule?
    /// Decides over instants before now, by the order of authority of runtime §5.3.
    package var catchUp: CatchUpPolicy
    /// Of a job set.
    package var jobSet: JobSetPlan?

    package init(
        schedule: JobSchedule? = nil,
        catchUp: CatchUpPolicy = .all,
        jobSet: JobSetPlan? = nil
    ) {
        self.schedule = schedule
        self.catchUp = catchUp
        self.jobSet = jobSet
    }

    /// The set at a dotted path below the root; nil = the root's own set.
    package func jobSet(at path: String?) -> JobSetPlan? {
        guard let path else { return jobSet }
        return step(at: path)?.nested
    }

    /// The step at a dotted path such as `night.load`.
    package func step(at path: String) -> StepPlan? {
        var set = jobSet
        var step: StepPlan?
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            step = set?.step(named: String(name))
            set = step?.nested
        }
        return step
    }
}

/// A job set with everything that its steps need to run.
package struct JobSetPlan: Hashable, Sendable {
    /// Serial or parallel.
    package let mode: ExecutionMode
    /// Name of the step that a serial set begins with.
    package let firstStep: String
    /// In the order of the document, at least one.
    package let steps: [StepPlan]

    package init(mode: ExecutionMode, firstStep: String, steps: [StepPlan]) {
        self.mode = mode
        self.firstStep = firstStep
        self.steps = steps
    }

    package func step(named name: String) -> StepPlan? { steps.first { $0.name == name } }

    /// The steps that run first.
    package var opening: [StepPlan] {
        mode == .parallel ? steps : step(named: firstStep).map { [$0] } ?? []
    }

    /// The step that follows in a serial set.
    ///
    /// - Parameters:
    ///   - name: of the step that ended.
    ///   - state: its terminal state; others than SUCCEEDED, WARNING and ERROR end the set.
    /// - Returns: nil where the set ends.
    package func successor(of name: String, in state: RequestState) -> StepPlan? {
        guard mode == .serial, let ended = step(named: name) else { return nil }
        let next: String? =
            switch state {
            case .succeeded: ended.successors.success
            case .warning: ended.successors.warning
            case .error: ended.successors.error
            default: nil
            }
        return next.flatMap(step(named:))
    }
}

/// One step of a job set: a job, or a set of its own.
package struct StepPlan: Hashable, Sendable {
    /// Within its set.
    package let name: String
    /// What follows by outcome; nil = the set ends.
    package let successors: StepLinks
    /// `SYS_selectState`; nil = not declared.
    package let selectState: Bool?
    package let facts: RequestFacts
    package let policy: ExecutionPolicy
    /// Merged snapshot of all levels, the submission included.
    package let parameters: [Parameter]
    /// Of a step that is a set.
    package let nested: JobSetPlan?

    package init(
        name: String,
        successors: StepLinks = StepLinks(),
        selectState: Bool? = nil,
        facts: RequestFacts,
        policy: ExecutionPolicy,
        parameters: [Parameter],
        nested: JobSetPlan? = nil
    ) {
        self.name = name
        self.successors = successors
        self.selectState = selectState
        self.facts = facts
        self.policy = policy
        self.parameters = parameters
        self.nested = nested
    }
}
