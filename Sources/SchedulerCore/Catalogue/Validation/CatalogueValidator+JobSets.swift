extension CatalogueValidator {
    mutating func validate(_ set: JobSet) {
        checkParameters(set.parameters, in: .jobSet, of: set.id)
        guard !set.steps.isEmpty else { return report(set.id, "/steps", "a job set has at least one step") }
        guard set.steps.count <= MetadataLimits.jobSetStepsMax else {
            return report(set.id, "/steps", "more than \(MetadataLimits.jobSetStepsMax) steps")
        }
        let hasSoundIDs = checkStepIDs(of: set)
        for (index, step) in set.steps.enumerated() {
            checkParameters(step.parameters, in: .step, of: set.id, at: "/steps/\(index)")
        }
        if set.executionMode == .parallel {
            checkParallel(set)
        } else if hasSoundIDs {
            checkOrder(of: set)
        }
        if checkNesting(of: set), hasSoundIDs { checkMerge(in: set) }
    }

    /// Whether every step has an id of its own.
    private mutating func checkStepIDs(of set: JobSet) -> Bool {
        var seen: Set<String> = []
        var areSound = true
        for (index, step) in set.steps.enumerated() {
            let path = "/steps/\(index)/stepId"
            if !JobSetStep.isStepID(step.stepID) {
                let form = "1 to \(MetadataLimits.stepIDBytesMax) letters, digits, _ or -"
                report(set.id, path, "\(step.stepID) is no id of a step, which is \(form)")
                areSound = false
            } else if !seen.insert(step.stepID).inserted {
                report(set.id, path, "step \(step.stepID) stands here twice")
                areSound = false
            }
        }
        return areSound
    }

    private mutating func checkParallel(_ set: JobSet) {
        let reason = "the steps of a parallel set have no order"
        if set.firstStep != nil { report(set.id, "/firstStep", reason) }
        for (index, step) in set.steps.enumerated() where step.links != nil {
            report(set.id, "/steps/\(index)/links", reason)
        }
    }

    private mutating func checkOrder(of set: JobSet) {
        let order = StepOrder(of: set)
        for (path, stepID) in order.unknown { report(set.id, path, "there is no step \(stepID)") }
        for way in order.closing {
            let (from, to) = (set.steps[way.from].stepID, set.steps[way.to].stepID)
            report(set.id, way.path, "\(from) leads back to \(to), and the steps would never end")
        }
        for index in order.unreachable {
            report(set.id, "/steps/\(index)", "no way from the first step leads to \(set.steps[index].stepID)")
        }
    }

    /// Whether the set, with all that is in it, is small enough to be laid out.
    private mutating func checkNesting(of set: JobSet) -> Bool {
        var isSound = true
        for (index, step) in set.steps.enumerated() where step.job.kind == .jobSet {
            let path = "/steps/\(index)/job"
            if nesting.reaches(step.job, set.id) {
                report(set.id, path, "\(set.id) would contain itself by way of \(step.job)")
                isSound = false
            } else if let size = nesting.size(step.job), size.levels >= MetadataLimits.jobSetNestingMax {
                report(set.id, path, "more than \(MetadataLimits.jobSetNestingMax) sets lie in one another")
                isSound = false
            }
        }
        guard isSound, let size = nesting.size(set.id) else { return false }
        guard size.steps <= MetadataLimits.jobSetStepsMax else {
            let message = "more than \(MetadataLimits.jobSetStepsMax) steps with those of the sets in it"
            report(set.id, "/steps", message)
            return false
        }
        return true
    }

    /// What only shows when the set and its steps are laid over what they run.
    private mutating func checkMerge(in set: JobSet) {
        let contents = contents
        let definitions = definitions
        var resolver = JobSetResolver(jobSet: { contents[$0]?.jobSet }, definition: { definitions[$0] })
        guard let resolved = resolver.resolve(set) else { return }
        var found: Set<FoundParameter> = []
        for violation in resolver.violations {
            guard let place = set.place(of: violation.source, violation.name) else { continue }
            let message = "\(violation.name) is read-only in what this object builds on"
            found.insert(FoundParameter(path: place, message: message))
        }
        found.formUnion(Self.misfits(of: set.parameters, at: "/parameters", in: resolved.allSteps.map(\.table)))
        for (index, step) in resolved.steps.enumerated() {
            let path = "/steps/\(index)/parameters"
            found.formUnion(Self.misfits(of: set.steps[index].parameters, at: path, in: step.allTables))
        }
        for parameter in found.sorted(by: { $0.path < $1.path }) { report(set.id, parameter.path, parameter.message) }
    }

    /// Parameters without value whose type is not that of the value they inherit.
    private static func misfits(
        of parameters: [Parameter],
        at path: String,
        in tables: [ParameterTable]
    ) -> [FoundParameter] {
        parameters.enumerated().compactMap { index, parameter in
            guard parameter.value == nil, SystemProperty.named(parameter.name) == nil else { return nil }
            for table in tables {
                guard let merged = table[parameter.name], let value = merged.value,
                    let misfit = ParameterValue.misfit(value, type: merged.type)
                else { continue }
                let message = "\(parameter.name) inherits a value, but \(misfit.text)"
                return FoundParameter(path: "\(path)/\(index)", message: message)
            }
            return nil
        }
    }
}

/// A finding about one declared parameter, the same however many steps show it.
private struct FoundParameter: Hashable {
    let path: String
    let message: String
}

extension ResolvedStep {
    /// Those of the step and of all below it.
    fileprivate var allTables: [ParameterTable] {
        guard case .set(let set) = job else { return [table] }
        return [table] + set.allSteps.map(\.table)
    }
}

extension JobSet {
    /// JSON pointer to a parameter of the set or of one of its steps; nil for a level of another object.
    fileprivate func place(of source: ParameterLevel.Source, _ name: String) -> String? {
        switch source {
        case .jobSet(id): return Self.place(of: name, in: parameters, at: "/parameters")
        case .step(let stepID, of: id):
            guard let index = steps.firstIndex(where: { $0.stepID == stepID }) else { return nil }
            return Self.place(of: name, in: steps[index].parameters, at: "/steps/\(index)/parameters")
        default: return nil
        }
    }

    private static func place(of name: String, in parameters: [Parameter], at path: String) -> String? {
        parameters.firstIndex { $0.name == name }.map { "\(path)/\($0)" }
    }
}
