/// What the metadata now in force make of a request that waits, in place of those that it was submitted under
/// (administration §1.3). Made beforehand of what was read; whoever writes it finds out whether that still holds.
package struct RequestRefresh: Hashable, Sendable {
    /// One request anew.
    package struct Item: Hashable, Sendable {
        package let id: RequestID
        /// The parameters that it was made of: where others are stored by now it is void.
        package let base: [Parameter]
        package let facts: RequestFacts
        package let policy: ExecutionPolicy
        package let parameters: [Parameter]

        package init(
            _ id: RequestID,
            base: [Parameter],
            facts: RequestFacts,
            policy: ExecutionPolicy,
            parameters: [Parameter]
        ) {
            self.id = id
            self.base = base
            self.facts = facts
            self.policy = policy
            self.parameters = parameters
        }
    }

    /// The addressed request first, then those of its instances that have yet to start, in order of their numbers.
    package let items: [Item]
    /// Of the root of a job set: its steps anew.
    package let jobSet: JobSetPlan?

    package init(_ items: [Item], jobSet: JobSetPlan? = nil) {
        self.items = items
        self.jobSet = jobSet
    }
}

extension Parameter {
    /// The parameter as it was submitted.
    ///
    /// - Parameter isDeclared: whether the metadata now in force declare it, whose type then counts.
    /// - Returns: nil where only metadata tell it.
    package func resubmitted(isDeclared: Bool) -> SubmittedParameter? {
        guard isSubmitted else { return nil }
        return SubmittedParameter(name: name, type: isDeclared ? nil : type, value: value, scope: scope)
    }
}
