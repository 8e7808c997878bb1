import SchedulerCore

/// Makes of a request what it would be if what was submitted for it were submitted now.
struct RefreshMaker {
    /// What a step or sub-request has from above.
    struct Owner {
        /// Whoever it runs as, unless its definition names another.
        var runAsUser: String
        /// The set at the top, of a step.
        var jobSet: MetadataObjectID?
    }

    let catalogue: Catalogue
    let builder: SubmissionBuilder

    /// - Parameters:
    ///   - detail: the request with its parameters.
    ///   - owner: what it has from above.
    /// - Returns: the request anew; of the root of a set its steps, too.
    /// - Throws: ESS-03001, 03008; the codes of `ParameterMerge.submit`; ESS-02007.
    func item(
        _ detail: RequestDetail,
        _ owner: Owner
    ) throws(SchedulerError) -> (item: RequestRefresh.Item, jobSet: JobSetPlan?) {
        let request = detail.request
        let facts = request.facts
        let origin = SubmissionBuilder.Origin(
            application: facts.application,
            submitter: facts.submitter,
            runAsUser: owner.runAsUser,
            enterpriseID: facts.enterpriseID,
            trace: facts.trace,
            description: facts.description
        )
        let submission: Submission
        if let set = owner.jobSet, let path = request.lineage.stepID {
            submission = try step(path, of: set, detail, origin)
        } else if let set = catalogue.resolvedJobSet(facts.definitionID) {
            let tables = [set.table] + set.allSteps.map(\.table)
            let order = order(of: detail) { name in tables.contains { $0[name] != nil } }
            submission = try builder.submission(of: set, order, origin)
        } else if let definition = catalogue.resolvedDefinition(facts.definitionID) {
            let order = order(of: detail) { definition.table[$0] != nil }
            submission = try builder.submission(of: definition, order, origin)
        } else {
            throw SchedulerError(3001, facts.definitionID.description)
        }
        let item = RequestRefresh.Item(
            request.id,
            base: detail.parameters,
            facts: submission.facts,
            policy: submission.policy,
            parameters: submission.parameters
        )
        return (item, request.lineage.type.isRoot ? submission.plan?.jobSet : nil)
    }

    /// A step keeps its place: where the set has another job there by now, it is not what was to run.
    private func step(
        _ path: String,
        of id: MetadataObjectID,
        _ detail: RequestDetail,
        _ origin: SubmissionBuilder.Origin
    ) throws(SchedulerError) -> Submission {
        guard let set = catalogue.resolvedJobSet(id) else { throw SchedulerError(3001, id.description) }
        guard let step = set.step(at: path), step.jobID == detail.request.facts.definitionID else {
            throw SchedulerError(3008, path, id.description)
        }
        let order = order(of: detail) { step.table[$0] != nil }
        let merged = try ParameterMerge.submit(order.parameters, onto: step.table, overridable: step.overridable)
        return Submission(
            facts: try builder.facts(of: step, ParameterTable(merged.parameters), origin),
            policy: merged.policy,
            parameters: merged.parameters
        )
    }

    private func order(of detail: RequestDetail, isDeclared: (String) -> Bool) -> SubmissionOrder {
        var order = SubmissionOrder(definition: detail.request.facts.definitionID.description)
        order.parameters = detail.parameters.compactMap { $0.resubmitted(isDeclared: isDeclared($0.name)) }
        return order
    }
}
