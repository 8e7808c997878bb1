/// Lays out the tree of a job set and merges the parameters of every step.
struct JobSetResolver {
    /// A parameter of a set, or of a step of it, that a level below had fixed.
    struct Violation: Hashable {
        let source: ParameterLevel.Source
        let name: String
    }

    private let jobSet: (MetadataObjectID) -> JobSet?
    private let definition: (MetadataObjectID) -> ResolvedDefinition?
    private let customizations: (MetadataObjectID) -> [Parameter]
    /// Steps that may still be laid out.
    private var stepsLeft = MetadataLimits.jobSetStepsMax
    private(set) var violations: Set<Violation> = []

    init(
        jobSet: @escaping (MetadataObjectID) -> JobSet?,
        definition: @escaping (MetadataObjectID) -> ResolvedDefinition?,
        customizations: @escaping (MetadataObjectID) -> [Parameter] = { _ in [] }
    ) {
        self.jobSet = jobSet
        self.definition = definition
        self.customizations = customizations
    }

    /// Nil if a job is missing, or if there are more steps or levels than allowed, as in a set that contains itself.
    mutating func resolve(_ set: JobSet) -> ResolvedJobSet? {
        resolve(set, at: [], within: [])
    }

    /// Lays out a set inside of others: `path` holds the ids of the steps around it, outermost first, and `enclosing`
    /// the levels of these steps and their sets, innermost first.
    private mutating func resolve(
        _ set: JobSet,
        at path: [String],
        within enclosing: [ParameterLevel]
    ) -> ResolvedJobSet? {
        guard path.count < MetadataLimits.jobSetNestingMax, set.steps.count <= stepsLeft else { return nil }
        stepsLeft -= set.steps.count
        let own = levels(of: set)
        var steps: [ResolvedStep] = []
        for (index, step) in set.steps.enumerated() {
            let place = path + [step.stepID]
            let here = ParameterLevel(.step(step.stepID, of: set.id), step.parameters)
            let around = own + [here] + enclosing.map(\.asOuter)
            guard let job = job(of: step, at: place, within: around) else { return nil }
            steps.append(
                ResolvedStep(
                    path: place.joined(separator: "."),
                    stepID: step.stepID,
                    job: job,
                    links: set.links(at: index),
                    selectState: step.selectState,
                    table: table(of: job, within: around),
                    overridable: Self.overridable(in: job)
                )
            )
        }
        return ResolvedJobSet(jobSet: set, table: merge(own + enclosing, onto: ParameterTable()), steps: steps)
    }

    /// What the set says itself and what is customised of it.
    private func levels(of set: JobSet) -> [ParameterLevel] {
        let own = ParameterLevel(.jobSet(set.id), set.parameters)
        let customized = customizations(set.id)
        return customized.isEmpty ? [own] : [own, ParameterLevel(.customization(set.id), customized)]
    }

    private mutating func job(
        of step: JobSetStep,
        at path: [String],
        within around: [ParameterLevel]
    ) -> ResolvedStep.Job? {
        switch step.job.kind {
        case .jobSet:
            guard let inner = jobSet(step.job) else { return nil }
            return resolve(inner, at: path, within: around).map { .set($0) }
        default: return definition(step.job).map { .definition($0) }
        }
    }

    private mutating func table(of job: ResolvedStep.Job, within around: [ParameterLevel]) -> ParameterTable {
        switch job {
        case .definition(let definition): merge(around, onto: definition.table)
        case .set(let set): set.table
        }
    }

    private mutating func merge(_ levels: [ParameterLevel], onto base: ParameterTable) -> ParameterTable {
        let merged = ParameterMerge.merge(levels, onto: base)
        for violation in merged.violations {
            violations.insert(Violation(source: levels[violation.level].source, name: violation.name))
        }
        return merged.table
    }

    private static func overridable(in job: ResolvedStep.Job) -> Set<String> {
        switch job {
        case .definition(let definition): definition.overridable
        case .set(let set): set.overridable
        }
    }
}
