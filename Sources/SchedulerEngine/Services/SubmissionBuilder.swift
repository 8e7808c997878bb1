import SchedulerCore

/// Makes submissions of resolved metadata: facts, policy, parameters and the plan of a job set.
struct SubmissionBuilder {
    /// What a submission is made of that no metadata tells.
    struct Origin {
        var application: String
        var submitter: String
        /// Whoever it runs as, unless the definition names another.
        var runAsUser: String
        var enterpriseID: Int64
        var trace: String?
        var description: String?
    }

    /// Value of `SYS_effectiveApplication` that stands for none.
    private static let unassigned = "Unassigned"

    let outbound: OutboundPolicy
    let swiftClassHasHook: (String) -> Bool

    func submission(
        of definition: ResolvedDefinition,
        _ order: SubmissionOrder,
        _ origin: Origin
    ) throws(SchedulerError) -> Submission {
        let merged = try ParameterMerge.submit(order.parameters, properties: order.properties, to: definition)
        return Submission(
            facts: try facts(of: definition, ParameterTable(merged.parameters), origin),
            policy: merged.policy,
            parameters: merged.parameters
        )
    }

    /// The request of a set, with the plan of all its steps.
    func submission(
        of set: ResolvedJobSet,
        _ order: SubmissionOrder,
        _ origin: Origin
    ) throws(SchedulerError) -> Submission {
        let submitted = try JobSetSubmission(order.parameters, properties: order.properties, to: set)
        let merged = try submitted.parameters(of: nil)
        var submission = Submission(
            facts: facts(of: set, ParameterTable(merged.parameters), origin),
            policy: merged.policy,
            parameters: merged.parameters + Self.scoped(order.parameters, in: set)
        )
        var below = origin
        below.runAsUser = submission.facts.runAsUser
        below.description = nil
        submission.plan = RequestPlan(jobSet: try plan(of: set, submitted, below, priority: merged.policy.priority))
        return submission
    }

    // MARK: - Steps

    private func plan(
        of set: ResolvedJobSet,
        _ submitted: JobSetSubmission,
        _ origin: Origin,
        priority: Int
    ) throws(SchedulerError) -> JobSetPlan {
        var steps: [StepPlan] = []
        for step in set.steps { steps.append(try self.step(step, submitted, origin, priority: priority)) }
        return JobSetPlan(mode: set.mode, firstStep: set.firstStep ?? steps.first?.name ?? "", steps: steps)
    }

    private func step(
        _ step: ResolvedStep,
        _ submitted: JobSetSubmission,
        _ origin: Origin,
        priority: Int
    ) throws(SchedulerError) -> StepPlan {
        let merged = try submitted.parameters(of: step.path)
        let table = ParameterTable(merged.parameters)
        var policy = merged.policy
        // Runtime §4: that of step or definition, else the parent's.
        if table["SYS_priority"]?.value == nil { policy.priority = priority }
        let facts: RequestFacts
        var nested: JobSetPlan?
        switch step.job {
        case .definition(let definition):
            facts = try self.facts(of: definition, table, origin)
        case .set(let set):
            facts = self.facts(of: set, table, origin)
            var below = origin
            below.runAsUser = facts.runAsUser
            nested = try plan(of: set, submitted, below, priority: policy.priority)
        }
        return StepPlan(
            name: step.stepID,
            successors: step.links,
            selectState: step.selectState,
            facts: facts,
            policy: policy,
            parameters: merged.parameters,
            nested: nested
        )
    }

    /// What was submitted for single steps, for display at the set.
    private static func scoped(_ submitted: [SubmittedParameter], in set: ResolvedJobSet) -> [Parameter] {
        submitted.compactMap { given in
            guard let scope = given.scope else { return nil }
            let declared = set.step(at: scope)?.table[given.name]
            return Parameter(
                name: given.name,
                type: given.type ?? declared?.type ?? .string,
                value: given.value,
                scope: scope,
                isSecret: declared?.isSecret ?? false,
                isSubmitted: true
            )
        }
    }

    // MARK: - Facts

    func facts(of step: ResolvedStep, _ table: ParameterTable, _ origin: Origin) throws(SchedulerError) -> RequestFacts
    {
        switch step.job {
        case .definition(let definition): try facts(of: definition, table, origin)
        case .set(let set): facts(of: set, table, origin)
        }
    }

    private func facts(
        of definition: ResolvedDefinition,
        _ table: ParameterTable,
        _ origin: Origin
    ) throws(SchedulerError) -> RequestFacts {
        let traits = ExecutableTraits(kind: definition.root.executor, swiftClassHasHook: swiftClassHasHook) {
            table[$0]?.value
        }
        for url in traits.outboundURLs { try outbound.check(template: url) }
        var facts = RequestFacts(
            definitionID: definition.id,
            jobTypeID: definition.definition.jobType,
            executor: definition.root.executor,
            application: origin.application,
            submitter: origin.submitter
        )
        facts.isAsynchronous = traits.isAsynchronous
        facts.hasCancelCall = traits.hasCancelCall
        facts.definitionDisplayName = definition.definition.displayName
        facts.definitionDescription = definition.definition.description
        facts.className = table["SYS_className"]?.value
        facts.externalJobType = table["SYS_externalJobType"]?.value
        label(&facts, table, origin)
        return facts
    }

    private func facts(of set: ResolvedJobSet, _ table: ParameterTable, _ origin: Origin) -> RequestFacts {
        var facts = RequestFacts(
            definitionID: set.id,
            jobTypeID: nil,
            executor: nil,
            application: origin.application,
            submitter: origin.submitter
        )
        facts.executionMode = set.mode
        facts.definitionDisplayName = set.jobSet.displayName
        facts.definitionDescription = set.jobSet.description
        label(&facts, table, origin)
        return facts
    }

    private func label(_ facts: inout RequestFacts, _ table: ParameterTable, _ origin: Origin) {
        facts.product = table["SYS_product"]?.value
        facts.requestCategory = table["SYS_requestCategory"]?.value
        facts.runAsUser = table["SYS_runasApplicationID"]?.value ?? origin.runAsUser
        facts.description = origin.description
        let effective = table["SYS_effectiveApplication"]?.value
        facts.effectiveApplication = effective == Self.unassigned || effective == origin.application ? nil : effective
        facts.logicalCluster = table["SYS_logicalClusterName"]?.value
        facts.requestedProcessor = table["SYS_requestedProcessor"]?.value
        facts.enterpriseID = origin.enterpriseID
        facts.trace = origin.trace
    }
}
