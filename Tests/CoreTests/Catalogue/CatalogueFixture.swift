import SchedulerCore

/// A small catalogue: a job type under the process type, and what a test adds.
enum CatalogueFixture {
    static let typeID = MetadataObjectID(kind: .jobType, package: "/acme/types", name: "Batch")
    static let definitionID = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import")

    static func jobType(_ parameters: [Parameter] = []) -> JobType {
        JobType(id: typeID, executionType: .process, extends: BuiltInJobType.process.id, parameters: parameters)
    }

    static func definition(_ parameters: [Parameter] = [], overridable: [String] = []) -> JobDefinition {
        JobDefinition(
            id: definitionID,
            jobType: typeID,
            application: "AcmeEss",
            parameters: [Parameter(name: "SYS_cmdLine", value: "/bin/true")] + parameters,
            overridable: overridable
        )
    }

    static func catalogue(_ contents: MetadataContent...) -> Catalogue {
        Catalogue(contents.map { MetadataObject($0, origin: .directory) })
    }

    /// The definition with those parameters on it and its type, ready for a submission.
    static func resolved(
        type: [Parameter] = [],
        _ parameters: [Parameter] = [],
        overridable: [String] = []
    ) throws -> ResolvedDefinition {
        let definition = definition(parameters, overridable: overridable)
        guard let resolved = ResolvedDefinition(definition, jobType: { $0 == typeID ? jobType(type) : builtIn($0) })
        else { throw Missing() }
        return resolved
    }

    private static func builtIn(_ id: MetadataObjectID) -> JobType? { BuiltInJobType(id)?.jobType }

    private struct Missing: Error {}
}
