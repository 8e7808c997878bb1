import SchedulerCore
import Testing

@Suite("Resolved job sets")
struct ResolvedJobSetTests {
    typealias Fixture = CatalogueFixture

    /// Parameters `p1`, …, `p<count>` whose values say where they stand: each level sets one fewer than the one below.
    private func level(_ place: String, _ count: Int) -> [Parameter] {
        (1...count).map { Parameter(name: "p\($0)", value: place) }
    }

    private func resolve(_ name: String, _ contents: MetadataContent...) throws -> ResolvedJobSet {
        try #require(Fixture.catalogue(contents).resolvedJobSet(Fixture.id(.jobSet, name)))
    }

    @Test("A3: in sets the order is definition, inner set, its step, outer set, its step")
    func order() throws {
        let outer = try resolve(
            "Outer",
            .jobDefinition(Fixture.job("Job", level("definition", 5))),
            .jobSet(Fixture.set("Inner", [Fixture.step("in", "Job", level("inner step", 3))], level("inner set", 4))),
            .jobSet(
                Fixture.set("Outer", [Fixture.step("out", set: "Inner", level("outer step", 1))], level("outer set", 2))
            )
        )
        let job = try #require(outer.step(at: "out.in"))
        #expect(
            (1...5).map { job.table["p\($0)"]?.value }
                == ["outer step", "outer set", "inner step", "inner set", "definition"]
        )
        #expect(job.table["SYS_cmdLine"]?.value == "/bin/true")
        let inner = try #require(outer.step(at: "out"))
        #expect(
            (1...5).map { inner.table["p\($0)"]?.value } == ["outer step", "outer set", "inner set", "inner set", nil]
        )
        #expect((1...3).map { outer.table["p\($0)"]?.value } == ["outer set", "outer set", nil])
    }

    @Test("The tree has a path for every step, what runs there and what follows")
    func tree() throws {
        let set = try resolve(
            "Outer",
            .jobDefinition(Fixture.job("Job")),
            .jobSet(Fixture.set("Inner", .parallel, [Fixture.step("x"), Fixture.step("y")])),
            .jobSet(Fixture.set("Outer", [Fixture.step("a", set: "Inner"), Fixture.step("b"), Fixture.step("c")]))
        )
        #expect(set.mode == .serial)
        #expect(set.firstStep == "a")
        #expect(set.allSteps.map(\.path) == ["a", "a.x", "a.y", "b", "c"])
        #expect(set.allSteps.map(\.stepID) == ["a", "x", "y", "b", "c"])
        #expect(set.allSteps.map(\.jobID.name) == ["Inner", "Job", "Job", "Job", "Job"])
        let next = StepLinks(success: "b", warning: "b")
        #expect(set.steps.map(\.links) == [next, StepLinks(success: "c", warning: "c"), StepLinks()])
        #expect(set.step(at: "a.x")?.links == StepLinks())
        for path in ["", "x", "a.", ".a", "a.b", "a.x.y", "b.x"] { #expect(set.step(at: path) == nil) }
        guard case .definition(let definition) = set.step(at: "b")?.job else {
            Issue.record("no definition")
            return
        }
        #expect(definition.root == .process)
    }

    @Test("Whether a step decides the state of its set does not pass on to the steps below it")
    func selectState() throws {
        func select(_ value: String) -> [Parameter] {
            [Parameter(name: "SYS_selectState", type: .boolean, value: value)]
        }
        let set = try resolve(
            "Outer",
            .jobDefinition(Fixture.job("Job")),
            .jobSet(Fixture.set("Inner", [Fixture.step("x", "Job", select("false")), Fixture.step("y")])),
            .jobSet(Fixture.set("Outer", [Fixture.step("a", set: "Inner", select("true")), Fixture.step("b")]))
        )
        #expect(set.allSteps.map(\.selectState) == [true, false, nil, nil])
        #expect(set.allSteps.map { $0.table["SYS_selectState"]?.value } == ["true", "false", nil, nil])
    }

    @Test("Without a job, beyond ten levels or beyond 2000 steps there is no tree, and none in a circle")
    func bounds() throws {
        let missing = Fixture.catalogue(.jobSet(Fixture.set("S", [Fixture.step("a")])))
        #expect(missing.resolvedJobSet(Fixture.id(.jobSet, "S")) == nil)
        #expect(missing.resolvedJobSet(Fixture.id(.jobSet, "T")) == nil)
        let circle = Fixture.catalogue(.jobSet(Fixture.set("S", [Fixture.step("a", set: "S")])))
        #expect(circle.resolvedJobSet(Fixture.id(.jobSet, "S")) == nil)

        var chain: [MetadataContent] = [
            .jobDefinition(Fixture.job("Job")), .jobSet(Fixture.set("S1", [Fixture.step("a")])),
        ]
        for level in 2...11 {
            chain.append(.jobSet(Fixture.set("S\(level)", [Fixture.step("a", set: "S\(level - 1)")])))
        }
        let deep = Fixture.catalogue(chain)
        #expect(deep.resolvedJobSet(Fixture.id(.jobSet, "S10"))?.allSteps.last?.path == "a.a.a.a.a.a.a.a.a.a")
        #expect(deep.resolvedJobSet(Fixture.id(.jobSet, "S11")) == nil)

        let many = (0..<999).map { Fixture.step("s\($0)") }
        func wide(_ more: Int) -> Catalogue {
            Fixture.catalogue([
                .jobDefinition(Fixture.job("Job")), .jobSet(Fixture.set("Half", many)),
                .jobSet(
                    Fixture.set(
                        "Whole",
                        [Fixture.step("a", set: "Half"), Fixture.step("b", set: "Half")]
                            + (0..<more).map { Fixture.step("c\($0)") }
                    )
                ),
            ])
        }
        #expect(wide(0).resolvedJobSet(Fixture.id(.jobSet, "Whole"))?.allSteps.count == 2000)
        #expect(wide(1).resolvedJobSet(Fixture.id(.jobSet, "Whole")) == nil)
    }

    @Test("A set with an application is invisible to others")
    func visibility() throws {
        var own = Fixture.set("S", [Fixture.step("a")])
        own.application = "AcmeEss"
        let set = try resolve("S", .jobDefinition(Fixture.job("Job")), .jobSet(own))
        #expect(set.isVisible(toApplication: nil))
        #expect(set.isVisible(toApplication: "AcmeEss"))
        #expect(!set.isVisible(toApplication: "Other"))
    }
}
