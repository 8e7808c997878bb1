/// A job definition with all that its chain of job types adds.
package struct ResolvedDefinition: Sendable {
    package let definition: JobDefinition
    /// Job type at the end of the chain: how the job is executed.
    package let root: BuiltInJobType
    /// Parameters of the types, base first, under those of the definition (administration §1.3).
    package let table: ParameterTable
    /// Code parameters that a submission may set.
    package let overridable: Set<String>
    /// `SYS_EXT_maxConcurrent`; 0 = no limit.
    package let maxConcurrent: Int

    package var id: MetadataObjectID { definition.id }

    package var parameters: [Parameter] { table.parameters }

    /// Nil if a type of the chain does not exist or the chain is too long to end.
    ///
    /// - Parameters:
    ///   - definition: with parameters of its own.
    ///   - customizations: laid over these.
    ///   - jobType: finds types.
    package init?(
        _ definition: JobDefinition,
        customizations: [Parameter] = [],
        jobType: (MetadataObjectID) -> JobType?
    ) {
        guard let chain = JobTypeChain(from: definition.jobType, jobType: jobType) else { return nil }
        self.definition = definition
        root = chain.root
        var levels = chain.levels
        levels.append(ParameterLevel(.definition(definition.id), definition.parameters))
        if !customizations.isEmpty { levels.append(ParameterLevel(.customization(definition.id), customizations)) }
        table = ParameterMerge.merge(levels).table
        overridable = Set(definition.overridable)
        let limit = table.parameters.first { $0.name == "SYS_EXT_maxConcurrent" }?.value
        maxConcurrent = limit.flatMap { Int($0) } ?? 0
    }

    /// An object with an application does not exist for a submission that names another (administration §1.4).
    package func isVisible(toApplication application: String?) -> Bool {
        guard let own = definition.application, let application else { return true }
        return own == application
    }
}

/// Job types from the built-in root down to one type.
package struct JobTypeChain: Sendable {
    package let root: BuiltInJobType
    /// Base first, the built-in root included.
    package let types: [JobType]

    /// Nil unless every type exists and a built-in one ends the chain within `MetadataLimits.extendsDepthMax` links.
    package init?(from id: MetadataObjectID, jobType: (MetadataObjectID) -> JobType?) {
        var types: [JobType] = []
        var next = id
        while types.count <= MetadataLimits.extendsDepthMax {
            guard let type = jobType(next) else { return nil }
            types.append(type)
            if let root = BuiltInJobType(type.id) {
                self.root = root
                self.types = types.reversed()
                return
            }
            guard let base = type.extends else { return nil }
            next = base
        }
        return nil
    }

    /// Their parameters as levels of a merge.
    package var levels: [ParameterLevel] {
        types.map { ParameterLevel(.jobType($0.id), $0.parameters) }
    }
}
