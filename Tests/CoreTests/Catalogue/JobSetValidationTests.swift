import SchedulerCore
import Testing

@Suite("Validation of job sets")
struct JobSetValidationTests {
    typealias Fixture = CatalogueFixture

    private let job = MetadataContent.jobDefinition(Fixture.job("Job"))

    private func errors(_ set: JobSet) -> [String] { Fixture.errors(job, .jobSet(set)) }

    @Test("Sound sets have no problem: by links, by order, in parallel, in one another")
    func sound() {
        let links = [
            Fixture.step("a", links: StepLinks(success: "b", warning: "b", error: "c")),
            Fixture.step("b", links: StepLinks(success: "c")), Fixture.step("c", links: StepLinks()),
        ]
        let found = Fixture.errors(
            job,
            .jobSet(Fixture.set("Links", firstStep: "a", links)),
            .jobSet(Fixture.set("Plain", [Fixture.step("a"), Fixture.step("b")])),
            .jobSet(
                Fixture.set("Both", .parallel, [Fixture.step("a", set: "Links"), Fixture.step("b", set: "Plain")])
            ),
            .jobSet(Fixture.set("Twice", [Fixture.step("a", set: "Both"), Fixture.step("b", set: "Both")]))
        )
        #expect(found == [])
    }

    @Test("A set has a step, every step an id of its own and a job that exists")
    func steps() {
        #expect(errors(Fixture.set("S", [])) == ["/steps a job set has at least one step"])
        let long = String(repeating: "x", count: 65)
        let form = "is no id of a step, which is 1 to 64 letters, digits, _ or -"
        #expect(
            errors(Fixture.set("S", ["a", "a", "", "a.b", long, "ä", "A_-9"].map { Fixture.step($0) })) == [
                "/steps/1/stepId step a stands here twice", "/steps/2/stepId  \(form)", "/steps/3/stepId a.b \(form)",
                "/steps/4/stepId \(long) \(form)", "/steps/5/stepId ä \(form)",
            ]
        )
        #expect(
            errors(Fixture.set("S", [Fixture.step("a", "Gone"), Fixture.step("b", set: "Gone")])) == [
                "/steps/0/job JobDefinition://acme/gl/Gone does not exist",
                "/steps/1/job JobSet://acme/gl/Gone does not exist",
            ]
        )
    }

    @Test("First step and links name steps of the set")
    func names() {
        let set = Fixture.set(
            "S",
            firstStep: "x",
            [Fixture.step("a", links: StepLinks(success: "b", warning: "y", error: "z")), Fixture.step("b")]
        )
        #expect(
            errors(set) == [
                "/steps/0/links/WARNING there is no step y", "/steps/0/links/ERROR there is no step z",
                "/firstStep there is no step x",
            ]
        )
    }

    @Test("A8: links that lead in a circle are refused, also by way of steps without links")
    func circles() {
        let back = Fixture.step("c", links: StepLinks(success: "a"))
        #expect(
            errors(Fixture.set("S", [Fixture.step("a"), Fixture.step("b"), back]))
                == ["/steps/2/links/SUCCESS c leads back to a, and the steps would never end"]
        )
        #expect(
            errors(
                Fixture.set("S", firstStep: "b", [Fixture.step("a"), Fixture.step("b", links: StepLinks(error: "a"))])
            )
                == ["/steps/0 a leads back to b, and the steps would never end"]
        )
        #expect(
            errors(Fixture.set("S", [Fixture.step("a", links: StepLinks(warning: "a"))]))
                == ["/steps/0/links/WARNING a leads back to a, and the steps would never end"]
        )
    }

    @Test("A8: a step that no way from the first leads to is refused, in a circle of its own or not")
    func unreachable() {
        let ends = StepLinks()
        #expect(
            errors(Fixture.set("S", [Fixture.step("a", links: ends), Fixture.step("b"), Fixture.step("c")])) == [
                "/steps/1 no way from the first step leads to b", "/steps/2 no way from the first step leads to c",
            ]
        )
        #expect(
            errors(Fixture.set("S", firstStep: "b", [Fixture.step("a"), Fixture.step("b")]))
                == ["/steps/0 no way from the first step leads to a"]
        )
        let circle = [
            Fixture.step("a", links: ends), Fixture.step("b", links: StepLinks(success: "c")),
            Fixture.step("c", links: StepLinks(success: "b")),
        ]
        #expect(
            errors(Fixture.set("S", circle)) == [
                "/steps/2/links/SUCCESS c leads back to b, and the steps would never end",
                "/steps/1 no way from the first step leads to b", "/steps/2 no way from the first step leads to c",
            ]
        )
    }

    @Test("A8: a set that contains itself is refused, and only that one, however the circle goes")
    func selfContaining() {
        #expect(
            errors(Fixture.set("S", [Fixture.step("a", set: "S")]))
                == ["/steps/0/job JobSet://acme/gl/S would contain itself by way of JobSet://acme/gl/S"]
        )
        let found = Fixture.problems([
            .jobSet(Fixture.set("A", [Fixture.step("a", set: "B")])),
            .jobSet(Fixture.set("B", [Fixture.step("a", set: "C")])),
            .jobSet(Fixture.set("C", [Fixture.step("a", set: "A")])),
            .jobSet(Fixture.set("Outside", [Fixture.step("a", set: "A")])),
        ])
        #expect(found.map(\.object.name) == ["A", "B", "C"])
    }

    @Test("Ten sets may lie in one another, and 2000 steps in all of them together")
    func bounds() {
        var chain = [job, .jobSet(Fixture.set("S1", [Fixture.step("a")]))]
        for level in 2...10 {
            chain.append(.jobSet(Fixture.set("S\(level)", [Fixture.step("a", set: "S\(level - 1)")])))
        }
        #expect(Fixture.problems(chain).isEmpty)
        chain.append(.jobSet(Fixture.set("S11", [Fixture.step("a", set: "S10")])))
        #expect(Fixture.problems(chain).map(\.message) == ["more than 10 sets lie in one another"])

        let many = (0..<2000).map { Fixture.step("s\($0)") }
        #expect(errors(Fixture.set("S", many)).isEmpty)
        #expect(errors(Fixture.set("S", many + [Fixture.step("t")])) == ["/steps more than 2000 steps"])
        let half = MetadataContent.jobSet(Fixture.set("Half", Array(many.prefix(1000))))
        let doubled = Fixture.set("S", .parallel, [Fixture.step("a", set: "Half"), Fixture.step("b", set: "Half")])
        #expect(
            Fixture.errors(job, half, .jobSet(doubled))
                == ["/steps more than 2000 steps with those of the sets in it"]
        )
    }

    @Test("Sets that multiply in one another are refused at once", .timeLimit(.minutes(1)))
    func bomb() {
        var contents = [job, .jobSet(Fixture.set("S0", [Fixture.step("a")]))]
        for level in 1...200 {
            let steps = (0..<20).map { Fixture.step("s\($0)", set: "S\(level - 1)") }
            contents.append(.jobSet(Fixture.set("S\(level)", .parallel, steps)))
        }
        #expect(!Fixture.problems(contents).isEmpty)
    }

    @Test("The steps of a parallel set have no order")
    func parallel() {
        let set = Fixture.set(
            "S",
            .parallel,
            firstStep: "a",
            [Fixture.step("a"), Fixture.step("b", links: StepLinks())]
        )
        let reason = "the steps of a parallel set have no order"
        #expect(errors(set) == ["/firstStep \(reason)", "/steps/1/links \(reason)"])
    }

    @Test("Parameters of sets and steps are checked like all others, each with its place")
    func parameters() {
        let select = Parameter(name: "SYS_selectState", type: .boolean, value: "true")
        let set = Fixture.set(
            "S",
            [
                Fixture.step("a", "Job", [select, Parameter(name: "p"), Parameter(name: "p")]),
                Fixture.step("b", "Job", [Parameter(name: "SYS_priority", type: .integer, value: "10")]),
            ],
            [select, Parameter(name: "n", type: .integer, value: "x")]
        )
        #expect(
            errors(set) == [
                "/parameters/0/name SYS_selectState cannot be set here",
                "/parameters/1/value n: the value is no INTEGER",
                "/steps/0/parameters/2/name parameter p stands here twice",
                "/steps/1/parameters/0/value SYS_priority: the value is out of range 0..9",
            ]
        )
    }

    @Test("What a level below has fixed is changed neither by a set nor by a step, and reported where that happens")
    func readOnly() {
        let fixed = Parameter(name: "p", value: "1", isReadOnly: true)
        let other = Parameter(name: "p", value: "2")
        let definition = MetadataContent.jobDefinition(Fixture.job("Job", [fixed]))
        let inner = MetadataContent.jobSet(
            Fixture.set("Inner", [Fixture.step("a"), Fixture.step("b", "Job", [Parameter(name: "q"), other])])
        )
        let outer = MetadataContent.jobSet(
            Fixture.set("Outer", [Fixture.step("a", set: "Inner", [other]), Fixture.step("b")], [other])
        )
        let reason = "p is read-only in what this object builds on"
        let found = Fixture.problems([definition, inner, outer]).map { "\($0.object.name) \($0.path) \($0.message)" }
        #expect(
            found == [
                "Inner /steps/1/parameters/1 \(reason)", "Outer /parameters/0 \(reason)",
                "Outer /steps/0/parameters/0 \(reason)",
            ]
        )
        let own = Fixture.set("S", [Fixture.step("a", "Job", [other])], [fixed])
        #expect(errors(own) == ["/steps/0/parameters/0 \(reason)"])
    }

    @Test("A type that does not fit the inherited value is reported once, however many steps inherit it")
    func inheritedValues() {
        let definition = MetadataContent.jobDefinition(Fixture.job("Job", [Parameter(name: "p", value: "text")]))
        let set = Fixture.set(
            "S",
            [Fixture.step("a"), Fixture.step("b"), Fixture.step("c", "Job", [Parameter(name: "p", type: .boolean)])],
            [Parameter(name: "p", type: .integer)]
        )
        #expect(
            Fixture.errors(definition, .jobSet(set)) == [
                "/parameters/0 p inherits a value, but the value is no INTEGER",
                "/steps/2/parameters/0 p inherits a value, but the value is no BOOLEAN",
            ]
        )
    }
}
