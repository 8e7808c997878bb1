/// A job set with all that its steps, and those of the sets in it, need to run.
package struct ResolvedJobSet: Sendable {
    package let jobSet: JobSet
    /// Parameters of the set itself under those of the sets and steps around it (administration §1.3).
    package let table: ParameterTable
    /// In the order of the document.
    package let steps: [ResolvedStep]

    package var id: MetadataObjectID { jobSet.id }

    package var mode: ExecutionMode { jobSet.executionMode }

    /// Id of the step that a serial set begins with; nil for a parallel one.
    package var firstStep: String? { jobSet.openingStep }

    package var parameters: [Parameter] { table.parameters }

    /// Code parameters that a submission may set: those that one of the steps takes.
    package var overridable: Set<String> { steps.reduce(into: []) { $0.formUnion($1.overridable) } }

    /// The steps of the whole tree, each before those in it.
    package var allSteps: [ResolvedStep] {
        steps.flatMap { step in
            if case .set(let set) = step.job { [step] + set.allSteps } else { [step] }
        }
    }

    /// The step of a dotted path that begins in this set; nil if there is none.
    package func step(at path: String) -> ResolvedStep? {
        var set: ResolvedJobSet? = self
        var step: ResolvedStep?
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            step = set?.steps.first { $0.stepID == name }
            if case .set(let inner) = step?.job { set = inner } else { set = nil }
        }
        return step
    }

    /// An object with an application does not exist for a submission that names another (administration §1.4).
    package func isVisible(toApplication application: String?) -> Bool {
        guard let own = jobSet.application, let application else { return true }
        return own == application
    }
}

/// One step of a resolved set.
package struct ResolvedStep: Sendable {
    /// What runs there.
    package enum Job: Sendable {
        case definition(ResolvedDefinition)
        case set(ResolvedJobSet)
    }

    /// Ids of the steps from the outermost set down to this one, with dots between them: `night.load`.
    package let path: String
    /// Within its set.
    package let stepID: String
    package let job: Job
    /// What follows in its set, the rule for steps without links applied.
    package let links: StepLinks
    /// `SYS_selectState` as this step declares it; nil = not declared. Those of steps around it do not count.
    package let selectState: Bool?
    /// All levels of metadata merged, those of the enclosing sets included.
    package let table: ParameterTable
    /// Code parameters that a submission may set.
    package let overridable: Set<String>

    /// Of the definition or set.
    package var jobID: MetadataObjectID {
        switch job {
        case .definition(let definition): definition.id
        case .set(let set): set.id
        }
    }

    package var parameters: [Parameter] { table.parameters }
}
