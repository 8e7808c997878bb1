extension CatalogueValidator {
    mutating func validate(_ type: JobType) {
        var levels: [ParameterLevel] = []
        if let extends = type.extends {
            if let base = jobType(extends) {
                if base.executionType != type.executionType {
                    report(
                        type.id,
                        "/executionType",
                        "\(extends) is a \(base.executionType.rawValue), and so must be what extends it"
                    )
                }
                if let chain = chain(from: extends, of: type) {
                    levels = chain.levels
                }
            }
        } else {
            report(type.id, "/extends", "a job type extends another, in the end a built-in one")
        }
        checkParameters(type.parameters, in: .jobType, of: type.id)
        checkMerge(levels, ParameterLevel(.jobType(type.id), type.parameters))
    }

    mutating func validate(_ definition: JobDefinition) {
        checkParameters(definition.parameters, in: .jobDefinition, of: definition.id)
        checkOverridable(definition)
        let own = ParameterLevel(.definition(definition.id), definition.parameters)
        guard jobType(definition.jobType) != nil else { return checkMerge([], own) }
        guard let chain = JobTypeChain(from: definition.jobType, jobType: jobType) else {
            report(definition.id, "/jobType", "\(definition.jobType) does not lead to a built-in job type")
            return checkMerge([], own)
        }
        checkMerge(chain.levels, own)
        let table = ParameterMerge.merge(chain.levels + [own]).table
        for group in chain.root.neededParameters
        where !group.contains(where: { !(table[$0]?.value ?? "").isEmpty }) {
            report(
                definition.id,
                "/parameters",
                "a job of type \(chain.root.id) needs a value of \(group.joined(separator: " or "))"
            )
        }
    }

    /// The types from the root to `extends`, or a report why there is no such chain.
    private mutating func chain(from extends: MetadataObjectID, of type: JobType) -> JobTypeChain? {
        var seen: Set<MetadataObjectID> = [type.id]
        var next: MetadataObjectID? = extends
        var links = 1
        while let id = next, let base = jobType(id), BuiltInJobType(id) == nil {
            guard seen.insert(id).inserted else {
                report(type.id, "/extends", "the chain from \(extends) on is a circle")
                return nil
            }
            next = base.extends
            links += 1
        }
        guard links <= MetadataLimits.extendsDepthMax else {
            report(type.id, "/extends", "more than \(MetadataLimits.extendsDepthMax) job types extend one another")
            return nil
        }
        guard let chain = JobTypeChain(from: extends, jobType: jobType) else {
            report(type.id, "/extends", "\(extends) does not lead to a built-in job type")
            return nil
        }
        return chain
    }

    private mutating func checkOverridable(_ definition: JobDefinition) {
        var seen: Set<String> = []
        for (index, name) in definition.overridable.enumerated() {
            let path = "/overridable/\(index)"
            if !seen.insert(name).inserted {
                report(definition.id, path, "\(name) is listed twice")
            } else if SystemProperty.named(name)?.isCode == true {
                continue
            } else if SystemProperty.isReserved(name) {
                report(definition.id, path, "\(name) is no code parameter, and no other is made settable by this list")
            } else {
                report(definition.id, path, "\(name) is settable without standing here", severity: .warning)
            }
        }
    }

    /// What only shows when the level is laid over those it inherits.
    private mutating func checkMerge(_ inherited: [ParameterLevel], _ own: ParameterLevel) {
        let id =
            switch own.source {
            case .jobType(let id), .definition(let id), .customization(let id), .jobSet(let id), .step(_, let id): id
            }
        let merged = ParameterMerge.merge(inherited + [own])
        for violation in merged.violations where violation.level == inherited.count {
            report(id, "/parameters/\(violation.index)", "\(violation.name) is read-only in what this object builds on")
        }
        for (index, parameter) in own.parameters.enumerated() where parameter.value == nil {
            guard SystemProperty.named(parameter.name) == nil, let value = merged.table[parameter.name]?.value,
                let misfit = ParameterValue.misfit(value, type: parameter.type)
            else { continue }
            report(id, "/parameters/\(index)", "\(parameter.name) inherits a value, but \(misfit.text)")
        }
    }
}
