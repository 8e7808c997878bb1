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

    static func catalogue(_ contents: MetadataContent...) -> Catalogue { catalogue(contents) }

    static func catalogue(_ contents: [MetadataContent]) -> Catalogue {
        Catalogue(contents.map { MetadataObject($0, origin: .directory) })
    }

    /// Problems of these objects beside the built-in ones.
    static func problems(_ contents: [MetadataContent]) -> [CatalogueProblem] {
        CatalogueValidator.problems(in: contents.map { MetadataObject($0, origin: .directory) })
    }

    /// The errors among the problems, as `path message`.
    static func errors(_ contents: MetadataContent...) -> [String] {
        problems(contents).filter { $0.severity == .error }.map { "\($0.path) \($0.message)" }
    }

    static func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/gl", name: name)
    }

    /// A definition that is sound by itself.
    static func job(_ name: String, _ parameters: [Parameter] = [], overridable: [String] = []) -> JobDefinition {
        JobDefinition(
            id: id(.jobDefinition, name),
            jobType: BuiltInJobType.process.id,
            parameters: [Parameter(name: "SYS_cmdLine", value: "/bin/true")] + parameters,
            overridable: overridable
        )
    }

    /// A step that runs the definition `Job`, or another.
    static func step(
        _ stepID: String,
        _ job: String = "Job",
        _ parameters: [Parameter] = [],
        links: StepLinks? = nil
    ) -> JobSetStep {
        JobSetStep(stepID: stepID, job: id(.jobDefinition, job), parameters: parameters, links: links)
    }

    /// A step that runs a set.
    static func step(_ stepID: String, set: String, _ parameters: [Parameter] = []) -> JobSetStep {
        JobSetStep(stepID: stepID, job: id(.jobSet, set), parameters: parameters)
    }

    /// A serial set.
    static func set(
        _ name: String,
        firstStep: String? = nil,
        _ steps: [JobSetStep],
        _ parameters: [Parameter] = []
    ) -> JobSet {
        set(name, .serial, firstStep: firstStep, steps, parameters)
    }

    static func set(
        _ name: String,
        _ mode: ExecutionMode,
        firstStep: String? = nil,
        _ steps: [JobSetStep],
        _ parameters: [Parameter] = []
    ) -> JobSet {
        JobSet(
            id: id(.jobSet, name),
            executionMode: mode,
            firstStep: firstStep,
            steps: steps,
            parameters: parameters
        )
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
