import SchedulerCore
import Testing

@Suite("Customised properties")
struct CustomizationTests {
    private static func definition(_ parameters: [Parameter]) -> MetadataObject {
        let id = MetadataObjectID(kind: .jobDefinition, package: "/acme", name: "A")
        let code = Parameter(name: "SYS_className", value: "NoOp")
        return MetadataObject(
            .jobDefinition(
                JobDefinition(id: id, jobType: BuiltInJobType.swift.id, parameters: [code] + parameters)
            ),
            origin: .directory,
            version: 1
        )
    }

    @Test("A3: they lie over the definition, also over what it fixed, and under the set around it")
    func levels() throws {
        var definition = Self.definition([
            Parameter(name: "SYS_priority", type: .integer, value: "2", isReadOnly: true),
            Parameter(name: "SYS_retries", type: .integer, value: "1"),
        ])
        definition.customizations = [.priority: "8", .retries: "5", .requestCategory: "night"]
        let setID = MetadataObjectID(kind: .jobSet, package: "/acme", name: "S")
        var set = MetadataObject(
            .jobSet(
                JobSet(
                    id: setID,
                    executionMode: .serial,
                    steps: [JobSetStep(stepID: "a", job: definition.id)],
                    parameters: [Parameter(name: "SYS_retries", type: .integer, value: "6")]
                )
            ),
            origin: .api,
            version: 1
        )
        set.customizations = [.requestCategory: "day"]
        let catalogue = Catalogue([definition, set])
        let resolved = try #require(catalogue.resolvedDefinition(definition.id))
        #expect(resolved.table["SYS_priority"]?.value == "8")
        #expect(resolved.table["SYS_priority"]?.isReadOnly == true)
        #expect(resolved.table["SYS_retries"]?.value == "5")
        let step = try #require(catalogue.resolvedJobSet(setID)?.steps.first)
        #expect(step.table["SYS_priority"]?.value == "8")
        #expect(step.table["SYS_retries"]?.value == "6")
        #expect(step.table["SYS_requestCategory"]?.value == "day")
        #expect(catalogue.resolvedJobSet(setID)?.table["SYS_requestCategory"]?.value == "day")
    }

    @Test(
        "Each takes the values of its parameter",
        arguments: [
            (CustomizableProperty.priority, "9", true), (.priority, "10", false), (.retries, "x", false),
            (.enableTrace, "true", true), (.enableTrace, "maybe", false), (.asyncRequestTimeout, "60", true),
            (.logicalClusterName, "north", true), (.requestCategory, String(repeating: "x", count: 300), false),
        ]
    )
    func values(_ property: CustomizableProperty, _ value: String, _ fits: Bool) {
        #expect((property.misfit(value) == nil) == fits)
    }
}
