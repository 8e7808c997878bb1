import Testing

@Suite("Errors in documents of sets, schedules and work")
struct WorkDocumentErrorTests {
    @Test("A13: what cannot be read comes all at once, with lines and paths")
    func unreadable() {
        let text = """
            kind: JobSet
            package: /a
            name: S
            executionMode: NONE
            steps:
              - stepId: 1
                job: JobType://a/T
                links: {SUCCESS: b, FAILURE: c}
              - {job: "a b"}
            ---
            kind: Schedule
            package: /a
            name: S
            recurrences: [{startDate: tomorrow}, FREQ=DAILY]
            inclusions: [2027-12-24]
            exclusions: [2027-02-30, 2027-02-28T25:00]
            overlapPolicy: never
            catchUpPolicy: some
            ---
            {kind: Incompatibility, package: /a, name: I, type: LOCAL, entities: [{selfIncompatible: maybe}]}
            ---
            {kind: Workshift, package: /a, name: W, schedule: a/b/c d, duration: 1.5, plsqlLimit: none, asyncJavaLimit: {}}
            ---
            {kind: WorkAssignment, package: /a, name: A, specialization: 'JOB_TYPE eq "x"', workshifts: [Schedule://a/S],
             bindings: [{scope: shared}]}
            ---
            {kind: PurgePolicy, package: /a, name: P, criteria: {state: ERROR, jobType: "", executionType: JAVA},
             retentionDays: {default: ten, expired: 1}}
            """
        #expect(
            DocumentText.problems(text) == [
                "4 /executionMode NONE is none of SERIAL, PARALLEL",
                "6 /steps/0/stepId a string is expected, not a number",
                "7 /steps/0/job JobType://a/T is no id of a JobDefinition or JobSet",
                "8 /steps/0/links/FAILURE unknown member",
                "9 /steps/1/job a b is no id of a JobDefinition or JobSet",
                "9 /steps/1/stepId stepId is required",
                "14 /recurrences/0/icalString icalString is required",
                "14 /recurrences/0/startDate tomorrow is no date-time",
                "14 /recurrences/1 an object is expected, not a string",
                "15 /inclusions/0 2027-12-24 is no date-time",
                "16 /exclusions/0 2027-02-30 is no date or date-time",
                "16 /exclusions/1 2027-02-28T25:00 is no date or date-time",
                "17 /overlapPolicy never is none of defer, skip, allow, cancelPrevious",
                "18 /catchUpPolicy some is none of all, latest, none",
                "20 /entities/0/entity entity is required",
                "20 /entities/0/selfIncompatible true or false is expected, not a string",
                "20 /type LOCAL is none of GLOBAL, DOMAIN",
                "22 /allocation allocation is required",
                "22 /asyncJavaLimit a whole number or NO_LIMIT is expected, not an object",
                "22 /duration a whole number is expected, not a number",
                "22 /plsqlLimit a whole number or NO_LIMIT is expected, not a string",
                "22 /schedule a/b/c d is no id of a Schedule",
                "24 /specialization Unknown filter attribute JOB_TYPE at position 1.",
                "24 /workshifts/0 Schedule://a/S is no id of a Workshift",
                "25 /bindings/0/node node is required",
                "25 /bindings/0/scope shared is none of standard, exclusive",
                "27 /criteria/executionType JAVA is none of JAVA_TYPE, PROCESS_TYPE, SQL_TYPE",
                "27 /criteria/jobType  is no id of a JobType",
                "27 /criteria/state unknown member",
                "28 /retentionDays/default a whole number is expected, not a string",
                "28 /retentionDays/expired unknown member",
            ]
        )
    }

    @Test("A8, A10, A13: what contradicts the rules comes all at once, with the lines it is about")
    func contradictions() {
        let text = """
            kind: JobSet
            package: /a
            name: S
            executionMode: SERIAL
            firstStep: a
            steps:
              - {stepId: a, job: JobSet://a/S}
              - stepId: b
                job: JobDefinition://a/Missing
                links:
                  SUCCESS: a
                  ERROR: z
            ---
            kind: Incompatibility
            package: /a
            name: I
            type: DOMAIN
            entities:
              - entity: JobSet://a/S
            ---
            kind: Schedule
            package: /a
            name: T
            timezone: Mars/Olympus
            recurrences:
              - icalString: FREQ=DAILY
                startDate: 2027-01-02T00:00Z
                endDate: 2027-01-01T00:00Z
              - icalString: FREQ=SOMETIMES
            ---
            kind: Workshift
            package: /a
            name: W
            schedule: a/T
            allocation: -1
            """
        #expect(
            DocumentText.problems(text) == [
                "7 /steps/0/job JobSet://a/S would contain itself by way of JobSet://a/S",
                "9 /steps/1/job JobDefinition://a/Missing does not exist",
                "11 /steps/1/links/SUCCESS b leads back to a, and the steps would never end",
                "12 /steps/1/links/ERROR there is no step z",
                "18 /entities there are two entities, or one that is incompatible with itself",
                "19 /entities/0/property a DOMAIN incompatibility compares a property of each entity",
                "24 /timezone Unknown time zone Mars/Olympus.",
                "28 /recurrences/0/endDate the end is not after the start",
                "29 /recurrences/1/icalString Invalid icalString at position 6.",
                "31 /duration a shift with a schedule lasts 1..527040 minutes each time",
                "35 /allocation -1 is out of range 0..1000000",
            ]
        )
    }
}
