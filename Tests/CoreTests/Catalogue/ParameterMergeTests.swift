import SchedulerCore
import Testing

@Suite("Merge of declared parameters")
struct ParameterMergeTests {
    private static let set = MetadataObjectID(kind: .jobSet, package: "/a", name: "S")
    private static let definition = MetadataObjectID(kind: .jobDefinition, package: "/a", name: "D")
    private static let type = MetadataObjectID(kind: .jobType, package: "/a", name: "T")

    /// Every level of administration §1.3 in its order, the later winning.
    private static let sources: [ParameterLevel.Source] = [
        .jobType(BuiltInJobType.process.id), .jobType(type), .definition(definition), .customization(definition),
        .jobSet(set), .step("inner", of: set), .jobSet(set), .step("outer", of: set),
    ]

    @Test("A3: each level wins over all before it", arguments: 1...sources.count)
    func levels(_ count: Int) {
        let levels = Self.sources.prefix(count).enumerated().map { index, source in
            ParameterLevel(source, [Parameter(name: "p", value: "\(index)"), Parameter(name: "only\(index)")])
        }
        let merged = ParameterMerge.merge(Array(levels))
        #expect(merged.table["p"]?.value == "\(count - 1)")
        #expect(merged.violations.isEmpty)
        #expect(merged.parameters.map(\.name) == ["p"] + (0..<count).map { "only\($0)" })
    }

    @Test("A parameter declared without value keeps the inherited one; flags stay, constraints are replaced as a whole")
    func declaration() {
        let merged = ParameterMerge.merge([
            ParameterLevel(
                .jobType(Self.type),
                [Parameter(name: "p", value: "1", isSecret: true, ui: ParameterUI(prompt: "old", isRequired: true))]
            ),
            ParameterLevel(.definition(Self.definition), [Parameter(name: "p", ui: ParameterUI(prompt: "new"))]),
        ])
        #expect(
            merged.parameters == [Parameter(name: "p", value: "1", isSecret: true, ui: ParameterUI(prompt: "new"))]
        )
    }

    @Test("What an earlier level fixed is changed by customisations alone, in value and in type")
    func readOnly() {
        let fixed = ParameterLevel(
            .jobType(Self.type),
            [Parameter(name: "p", type: .integer, value: "1", isReadOnly: true)]
        )
        let changes = [Parameter(name: "p", type: .integer, value: "2"), Parameter(name: "p", type: .long, value: "1")]
        for change in changes {
            let refused = ParameterMerge.merge([fixed, ParameterLevel(.definition(Self.definition), [change])])
            #expect(refused.violations.map(\.name) == ["p"])
            #expect(refused.violations.first?.level == 1)
            #expect(refused.parameters == fixed.parameters)
            let allowed = ParameterMerge.merge([fixed, ParameterLevel(.customization(Self.definition), [change])])
            #expect(allowed.violations.isEmpty)
            #expect(allowed.table["p"]?.value == change.value)
            #expect(allowed.table["p"]?.isReadOnly == true)
        }
        let same = ParameterMerge.merge([fixed, ParameterLevel(.definition(Self.definition), fixed.parameters)])
        #expect(same.violations.isEmpty)
    }
}
