import SchedulerCore

/// What an operation will ask of its transaction, as far as it is known beforehand: read with one exchange for a whole
/// batch. What is missing here is fetched when it is asked for.
struct WriteNeeds {
    /// Requests that it will lock.
    var requests: [RequestID] = []
    /// Requests that it will make.
    var newRequests = 0
    /// Definitions of which it will ask whether a request is pending.
    var exclusiveDefinitions: [MetadataObjectID] = []
    /// Node whose standing it will ask for.
    var node: NodeID?
    /// Texts that its rows will hold as labels.
    var labels: [String] = []

    static func submit(_ submission: Submission) -> WriteNeeds {
        var needs = WriteNeeds()
        let facts = submission.facts
        // What may be refused gets its number later, so that none is given away in vain.
        switch submission.placement {
        case .child(_, let parent, _), .subRequest(let parent, _): needs.requests = [parent]
        case .root where submission.policy.allowMultiplePending:
            needs.newRequests = submission.plan?.schedule == nil ? 1 : 0
        case .root: needs.exclusiveDefinitions = [facts.definitionID]
        }
        needs.labels = [facts.definitionID.description, facts.application, facts.submitter, facts.runAsUser]
        needs.labels += [
            facts.jobTypeID?.description, facts.definitionDisplayName, facts.definitionDescription, facts.className,
            facts.externalJobType,
        ].compactMap { $0 }
        needs.labels += [facts.workClass.label, WorkGroup(facts, submission.policy).label]
        needs.labels += submission.plan?.jobSet?.labels ?? []
        return needs
    }

    mutating func add(_ other: WriteNeeds) {
        requests += other.requests
        newRequests += other.newRequests
        exclusiveDefinitions += other.exclusiveDefinitions
        labels += other.labels
        node = node ?? other.node
    }
}

extension JobSetPlan {
    /// Texts that the rows of its steps will hold as labels, so that nobody has to make one in the midst of a dispatch
    /// pass.
    fileprivate var labels: [String] {
        steps.flatMap { step in
            let facts = step.facts
            let texts = [
                facts.definitionID.description, facts.application, facts.submitter, facts.runAsUser,
                facts.jobTypeID?.description, facts.definitionDisplayName, facts.definitionDescription,
                facts.className, facts.externalJobType, facts.workClass.label,
                WorkGroup(facts, step.policy).label,
            ]
            return texts.compactMap { $0 } + (step.nested?.labels ?? [])
        }
    }
}
