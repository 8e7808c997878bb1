import SchedulerCore
import Testing

@Suite("Submissions to job sets")
struct JobSetSubmissionTests {
    typealias Fixture = CatalogueFixture

    /// `outer` runs `Inner` (steps `x`, `y`) and then a job.
    private func set(
        job: [Parameter] = [],
        overridable: [String] = [],
        x: [Parameter] = []
    ) throws -> ResolvedJobSet {
        let catalogue = Fixture.catalogue(
            .jobDefinition(Fixture.job("Job", job, overridable: overridable)),
            .jobSet(Fixture.set("Inner", [Fixture.step("x", "Job", x), Fixture.step("y")])),
            .jobSet(Fixture.set("Outer", [Fixture.step("outer", set: "Inner"), Fixture.step("last")]))
        )
        return try #require(catalogue.resolvedJobSet(Fixture.id(.jobSet, "Outer")))
    }

    private func submitted(
        _ value: String,
        _ scope: String? = nil,
        name: String = "p",
        type: ParameterType? = .string
    ) -> SubmittedParameter {
        SubmittedParameter(name: name, type: type, value: value, scope: scope)
    }

    /// The values that the requests of the set get: its own, `outer`, `outer.x`, `outer.y` and `last`.
    private func values(
        _ set: ResolvedJobSet,
        _ submitted: [SubmittedParameter],
        of name: String = "p"
    ) throws -> [String] {
        let submission = try JobSetSubmission(submitted, to: set)
        return try [nil, "outer", "outer.x", "outer.y", "last"].map { path in
            try submission.parameters(of: path).parameters.first { $0.name == name }?.value ?? "-"
        }
    }

    @Test("A3: without scope a parameter is for all requests, with one for a step and all below, longer paths later")
    func order() throws {
        let set = try set(job: [Parameter(name: "p", value: "definition")])
        #expect(try values(set, []) == ["-", "-", "definition", "definition", "definition"])
        #expect(try values(set, [submitted("all")]) == ["all", "all", "all", "all", "all"])
        #expect(
            try values(set, [submitted("deep", "outer.x"), submitted("step", "outer"), submitted("all")])
                == ["all", "step", "deep", "step", "all"]
        )
        #expect(
            try values(set, [submitted("first", "last"), submitted("second", "last")])
                == ["-", "-", "definition", "definition", "second"]
        )
    }

    @Test("The scope is gone where the parameter has reached its step, and properties are above all")
    func result() throws {
        let merged = try set().parameters(
            of: "outer.x",
            submitted: [submitted("1", "outer"), submitted("3", "outer.x", name: "SYS_priority", type: .integer)],
            properties: SubmittedProperties(priority: 7)
        )
        #expect(merged.parameters.allSatisfy { $0.scope == nil })
        #expect(merged.policy.priority == 7)
    }

    @Test(
        "A scope that is no step is refused with 03008, whichever request is asked for",
        arguments: ["x", "outer.", ""]
    )
    func unknownScope(_ scope: String) throws {
        let set = try set()
        let error = SchedulerError(3008, scope, "JobSet://acme/gl/Outer")
        for path in [nil, "last"] {
            #expect(throws: error) { try set.parameters(of: path, submitted: [submitted("1", scope)]) }
        }
        #expect(throws: error) { try set.parameters(of: scope, submitted: []) }
    }

    @Test("A4: what metadata fixed for a step is not changed by a submission, with or without scope")
    func readOnly() throws {
        let set = try set(x: [Parameter(name: "p", value: "fixed", isReadOnly: true)])
        #expect(try values(set, [submitted("other", "last")]) == ["-", "-", "fixed", "-", "other"])
        #expect(try values(set, [submitted("fixed")]) == ["fixed", "fixed", "fixed", "fixed", "fixed"])
        for scope in [nil, "outer", "outer.x"] {
            #expect(throws: SchedulerError(2, "p", "other")) {
                try set.parameters(of: "outer.x", submitted: [submitted("other", scope)])
            }
        }
    }

    @Test("A5: code parameters are refused unless the definition of the step lets them be set")
    func codeParameters() throws {
        let command = submitted("/bin/false", "last", name: "SYS_cmdLine")
        let fixed = try set()
        #expect(throws: SchedulerError(2, "SYS_cmdLine", "/bin/false")) {
            try fixed.parameters(of: "last", submitted: [command])
        }
        let open = try set(overridable: ["SYS_cmdLine"])
        #expect(
            try values(open, [command], of: "SYS_cmdLine") == ["-", "-", "/bin/true", "/bin/true", "/bin/false"]
        )
        #expect(
            try values(open, [submitted("/bin/false", name: "SYS_cmdLine")], of: "SYS_cmdLine")
                == ["/bin/false", "/bin/false", "/bin/false", "/bin/false", "/bin/false"]
        )
    }

    @Test("A type that one step declares is that of all; one that none declares must be given")
    func types() throws {
        let set = try set(job: [Parameter(name: "n", type: .integer)])
        let merged = try set.parameters(of: nil, submitted: [submitted("5", name: "n", type: nil)])
        #expect(merged.parameters.first { $0.name == "n" }?.type == .integer)
        #expect(throws: SchedulerError(5006, "n", "INTEGER")) {
            try set.parameters(of: nil, submitted: [submitted("x", name: "n", type: nil)])
        }
        #expect(throws: SchedulerError(5003, "paramType of q")) {
            try set.parameters(of: nil, submitted: [submitted("5", name: "q", type: nil)])
        }
    }
}
