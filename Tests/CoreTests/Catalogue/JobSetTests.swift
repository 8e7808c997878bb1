import SchedulerCore
import Testing

@Suite("Job sets")
struct JobSetTests {
    typealias Fixture = CatalogueFixture

    private let plain = Fixture.set("S", [Fixture.step("a"), Fixture.step("b"), Fixture.step("c")])

    @Test("A9: steps without links go on after success and WARNING, and end the set after ERROR")
    func withoutLinks() {
        #expect(plain.openingStep == "a")
        #expect(plain.successor(of: "a", after: .success) == "b")
        #expect(plain.successor(of: "b", after: .warning) == "c")
        #expect(plain.successor(of: "a", after: .error) == nil)
        #expect(plain.successor(of: "c", after: .success) == nil)
        #expect(plain.successor(of: "unknown", after: .success) == nil)
    }

    @Test("With links an absent outcome ends the set, with empty ones every outcome does")
    func withLinks() {
        let set = Fixture.set(
            "S",
            firstStep: "b",
            [
                Fixture.step("a", links: StepLinks()),
                Fixture.step("b", links: StepLinks(success: "c", error: "a")),
                Fixture.step("c"),
            ]
        )
        #expect(set.openingStep == "b")
        #expect(StepOutcome.allCases.map { set.successor(of: "a", after: $0) } == [nil, nil, nil])
        #expect(StepOutcome.allCases.map { set.successor(of: "b", after: $0) } == ["c", nil, "a"])
    }

    @Test("In a parallel set no step begins and none follows")
    func parallel() {
        var set = plain
        set.executionMode = .parallel
        #expect(set.openingStep == nil)
        #expect(set.successor(of: "a", after: .success) == nil)
    }

    @Test(
        "A step declares whether it decides the state of its set",
        arguments: [("true", true), ("FALSE", false), (nil, nil)] as [(String?, Bool?)]
    )
    func selectState(_ value: String?, _ expected: Bool?) {
        let step = Fixture.step("a", "Job", [Parameter(name: "SYS_selectState", type: .boolean, value: value)])
        #expect(step.selectState == expected)
        #expect(Fixture.step("a").selectState == nil)
    }
}
