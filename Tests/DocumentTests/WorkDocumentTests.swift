import Documents
import SchedulerCore
import Testing

@Suite("Documents of sets, schedules and work")
struct WorkDocumentTests {
    private func id(_ text: String) throws -> MetadataObjectID {
        try MetadataObjectID(parsing: text, default: .jobDefinition)
    }

    // MARK: - The examples

    @Test("A2: the sets of the specification's examples say what they say there")
    func sets() throws {
        let catalogue = Catalogue(try DocumentText.check(SpecExamples.yaml).objects)
        let nightly = try #require(catalogue.jobSet(id("JobSet://acme/gl/Nightly")))
        #expect(
            nightly.steps == [
                JobSetStep(
                    stepID: "load",
                    job: try id("acme/gl/ImportJournals"),
                    parameters: [Parameter(name: "submit.argument1", value: "US")],
                    links: StepLinks(success: "post", warning: "post", error: "tidy")
                ),
                JobSetStep(
                    stepID: "post",
                    job: try id("acme/gl/PostLedger"),
                    parameters: [Parameter(name: "SYS_selectState", type: .boolean, value: "true")],
                    links: StepLinks(success: "tidy")
                ),
                JobSetStep(stepID: "tidy", job: try id("acme/gl/Tidy"), links: StepLinks()),
            ]
        )
        #expect(nightly.firstStep == "load")
        let both = try #require(catalogue.resolvedJobSet(id("JobSet://acme/gl/Both")))
        #expect(both.mode == .parallel)
        #expect(both.allSteps.map(\.path) == ["night", "night.load", "night.post", "night.tidy", "tidy"])
        #expect(both.step(at: "night.load")?.table["submit.argument1"]?.value == "US")
        #expect(both.step(at: "night.load")?.table["SYS_product"]?.value == "GL")
        #expect(catalogue.referrers(of: try id("acme/gl/Tidy")).count == 4)
    }

    @Test("A2: the schedule of the examples can be resolved")
    func schedule() throws {
        let catalogue = Catalogue(try DocumentText.check(SpecExamples.yaml).objects)
        let schedule = try #require(catalogue.schedule(id("Schedule://acme/gl/WorkdaysAtSix")))
        let resolved = try schedule.resolved(in: catalogue, defaultTimeZone: "UTC", extensions: false)
        #expect(resolved.timezone == "Europe/Berlin")
        #expect(resolved.overlap == .defer)
        #expect(resolved.catchUp == .latest)
        #expect(resolved.inclusions == [Timestamp(rfc3339: "2027-01-09T05:00:00Z")])
        #expect(resolved.exclusions == [try instant("2027-12-24T05:00:00Z")])
        #expect(resolved.recurrences.map(\.startDate) == [Timestamp(rfc3339: "2027-01-01T00:00:00Z")])
    }

    @Test("A2: the work of the examples says what it says there")
    func work() throws {
        let catalogue = Catalogue(try DocumentText.check(SpecExamples.yaml).objects)
        let tidy = catalogue.incompatibilities(of: try id("acme/gl/Tidy"))
        #expect(tidy.map(\.id.name) == ["ImportOrTidy", "TidyAlone"])
        #expect(tidy.last?.entities.map(\.isSelfIncompatible) == [true])
        let ledger = catalogue.incompatibilities(of: try id("acme/gl/PostLedger"))
        #expect(ledger.map(\.type) == [.domain])
        #expect(ledger.first?.entities.map(\.property) == ["submit.argument1", "ledger"])
        let night = try #require(catalogue.workshift(id("Workshift://acme/ops/Night")))
        #expect(
            night
                == Workshift(
                    id: night.id,
                    schedule: try id("Schedule://acme/ops/DailyAt20"),
                    duration: 600,
                    allocation: 10,
                    plsqlLimit: 4
                )
        )
        let assignment = try #require(catalogue.workAssignments.first)
        #expect(assignment.isActive)
        #expect(assignment.workshifts == [night.id])
        #expect(assignment.bindings == [WorkBinding(node: "*", scope: .exclusive)])
        var facts = SpecializationFacts(definition: try id("acme/gl/Tidy"), product: "GL", userName: "anna")
        #expect(assignment.accepts(facts))
        facts.userName = "batch"
        #expect(!assignment.accepts(facts))
        let policy = try #require(catalogue.purgePolicies.first)
        #expect(
            policy
                == PurgePolicy(
                    id: policy.id,
                    schedule: try id("Schedule://acme/ops/DailyAt3"),
                    criteria: PurgeCriteria(application: "AcmeEss", product: "GL"),
                    maxRequests: 100_000,
                    retention: PurgeRetention(other: 90, success: 30, error: 180, warning: 90, cancelled: 30)
                )
        )
    }

    // MARK: - References without kind

    @Test("An id without kind is one of a definition if that exists, else one of a set, also of one stored before")
    func undecidedKinds() throws {
        let definition =
            "{kind: JobDefinition, package: /a, name: N, jobType: /escapement/core/SwiftJobType, "
            + "parameters: [{name: SYS_className, value: C}]}\n---\n"
        let inner =
            "{kind: JobSet, package: /a, name: N, executionMode: SERIAL, "
            + "steps: [{stepId: s, job: JobDefinition://a/Old}]}\n---\n"
        let users = """
            {kind: JobSet, package: /a, name: Outer, executionMode: SERIAL, steps: [{stepId: s, job: a/N}]}
            ---
            {kind: Incompatibility, package: /a, name: I, type: GLOBAL, entities: [{entity: /a/N}, {entity: a/Old}]}
            ---
            {kind: PurgePolicy, package: /a, name: P, criteria: {jobDefinition: a/N}}
            """
        let old = JobDefinition(
            id: try id("/a/Old"),
            jobType: BuiltInJobType.swift.id,
            parameters: [Parameter(name: "SYS_className", value: "C")]
        )
        func kinds(_ text: String) throws -> [String] {
            try DocumentText.check(text, beside: [.jobDefinition(old)]).objects.suffix(3).flatMap { object in
                switch object.content {
                case .purgePolicy(let policy): [policy.criteria.jobDefinition?.kind.rawValue ?? "none"]
                default: object.content.references.map(\.id.kind.rawValue)
                }
            }
        }
        #expect(
            try kinds(definition + users) == ["JobDefinition", "JobDefinition", "JobDefinition", "JobDefinition"]
        )
        #expect(try kinds(inner + users) == ["JobSet", "JobSet", "JobDefinition", "JobSet"])
        #expect(
            try kinds(definition + inner + users)
                == ["JobDefinition", "JobDefinition", "JobDefinition", "JobDefinition"]
        )
    }

    @Test("A set that is wrong itself is not missed by those who name it without kind")
    func unreadableSet() {
        let text = """
            {kind: JobSet, package: /a, name: N, executionMode: SEQUENTIAL, steps: []}
            ---
            {kind: JobSet, package: /a, name: Outer, executionMode: SERIAL, steps: [{stepId: s, job: a/N}]}
            """
        #expect(DocumentText.problems(text) == ["1 /executionMode SEQUENTIAL is none of SERIAL, PARALLEL"])
    }

    // MARK: - Times

    @Test("Times without offset are those of the schedule's zone, else UTC; an exclusion may be a day")
    func times() throws {
        func read(_ zone: String, _ texts: String...) throws -> [ScheduleExclusion] {
            let text = """
                kind: Schedule
                package: /a
                name: S
                inclusions: [2027-01-01T00:00]
                exclusions: [\(texts.joined(separator: ", "))]
                \(zone)
                """
            guard case .schedule(let schedule) = try DocumentText.check(text).objects.first?.content else { return [] }
            return schedule.exclusions
        }
        let christmas = try #require(CivilDate(year: 2027, month: 12, day: 24))
        #expect(
            try read("timezone: Europe/Berlin", "2027-07-01T06:00", "2027-07-01T06:00:00.5Z", "2027-12-24")
                == [instant("2027-07-01T04:00:00Z"), instant("2027-07-01T06:00:00.5Z"), .day(christmas)]
        )
        #expect(
            try read("", "2027-07-01T06:00:01", "2027-07-01T06:00-02:30")
                == [instant("2027-07-01T06:00:01Z"), instant("2027-07-01T08:30:00Z")]
        )
        // Skipped on 2027-03-28, shown twice on 2027-10-31.
        #expect(
            try read("timezone: Europe/Berlin", "2027-03-28T02:30:00", "2027-10-31T02:30:00")
                == [instant("2027-03-28T01:00:00Z"), instant("2027-10-31T00:30:00Z")]
        )
    }

    private func instant(_ text: String) throws -> ScheduleExclusion {
        .instant(try #require(Timestamp(rfc3339: text)))
    }

    @Test("Limits are numbers or NO_LIMIT, and what has a default may be left out")
    func defaults() throws {
        let set = try DocumentText.check(
            """
            {kind: Workshift, package: /a, name: W, allocation: 5, plsqlLimit: NO_LIMIT, asyncJavaLimit: 0}
            ---
            {kind: WorkAssignment, package: /a, name: A, workshifts: [a/W], bindings: [{node: n1}]}
            ---
            {kind: PurgePolicy, package: /a, name: P}
            ---
            {kind: ExclusionsDefinition, package: /a, name: E, dates: [2027-12-24]}
            """
        )
        let shift = Workshift(id: try id("Workshift://a/W"), allocation: 5, asyncJavaLimit: 0)
        let day = try #require(CivilDate(year: 2027, month: 12, day: 24))
        #expect(
            set.objects.map(\.content) == [
                .workshift(shift),
                .workAssignment(
                    WorkAssignment(
                        id: try id("WorkAssignment://a/A"),
                        workshifts: [shift.id],
                        bindings: [WorkBinding(node: "n1")]
                    )
                ),
                .purgePolicy(PurgePolicy(id: try id("PurgePolicy://a/P"))),
                .exclusionsDefinition(
                    ExclusionsDefinition(id: try id("ExclusionsDefinition://a/E"), dates: [.day(day)])
                ),
            ]
        )
    }
}
