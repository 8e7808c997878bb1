import Documents
import SchedulerCore
import Testing

@Suite("Reading documents")
struct DocumentReaderTests {
    private func read(_ text: String, as format: DocumentReader.Format = .yaml) -> DocumentReader.Reading {
        DocumentReader.read(Array(text.utf8), as: format, file: "f")
    }

    private func check(_ text: String, as format: DocumentReader.Format = .yaml) throws(DocumentErrors) -> DocumentSet {
        try DocumentSet.checked([read(text, as: format)], origin: .directory, beside: [])
    }

    /// The problems as `line path message`.
    private func problems(_ text: String, as format: DocumentReader.Format = .yaml) -> [String] {
        do throws(DocumentErrors) {
            _ = try check(text, as: format)
            return []
        } catch {
            return error.problems.map { "\($0.line) \($0.path) \($0.message)" }
        }
    }

    // MARK: - The examples

    @Test("A2: the examples of the specification load")
    func examples() throws {
        let set = try check(SpecExamples.yaml)
        #expect(
            set.objects.map(\.id.description) == [
                "JobType://acme/types/Batch", "JobDefinition://acme/gl/ImportJournals",
                "JobDefinition://acme/gl/PostLedger", "JobSet://acme/gl/Nightly", "JobSet://acme/gl/Both",
                "Schedule://acme/gl/WorkdaysAtSix", "Incompatibility://acme/gl/ImportOrTidy",
                "Incompatibility://acme/gl/OnePerLedger", "Incompatibility://acme/gl/TidyAlone",
                "Workshift://acme/ops/Night", "WorkAssignment://acme/ops/Ledger", "PurgePolicy://acme/ops/Ledger",
                "User://anna", "Role://GlClerk", "Grant://gl-clerks", "JobDefinition://acme/gl/Tidy",
                "Schedule://acme/ops/DailyAt20", "Schedule://acme/ops/DailyAt3",
            ]
        )
        #expect(set.warnings.isEmpty)
        let catalogue = Catalogue(set.objects)
        let definition = try #require(catalogue.resolvedDefinition(set.objects[1].id))
        #expect(definition.root == .process)
        #expect(
            definition.parameters == [
                Parameter(name: "SYS_EXT_limits", value: "memory=512MiB,files=256,cpu=600", isReadOnly: true),
                Parameter(name: "SYS_cmdLine", value: "/opt/acme/import --ledger ${ESS_REQ:submit.argument1}"),
                Parameter(name: "SYS_retries", type: .integer, value: "2"),
                Parameter(name: "SYS_product", value: "GL", isReadOnly: true),
                Parameter(
                    name: "submit.argument1",
                    ui: ParameterUI(prompt: "Ledger", isRequired: true, choices: ["US", "EU"])
                ),
            ]
        )
        #expect(definition.definition.application == "AcmeEss")
        let anna = try #require(catalogue.user(named: "anna"))
        #expect(anna.roles == ["ESSOperator", "GlClerk"])
        #expect(anna.displayName == "Anna Berg")
        let rights = RightsDecision(principal: Principal(anna), catalogue: catalogue)
        #expect(rights.allows(.execute, on: definition.id))
        #expect(!rights.allows(.update, on: definition.id))
    }

    @Test("The same objects come from JSON, one or a list of them, and from a YAML list")
    func formats() throws {
        let role = #"{"kind": "Role", "name": "A", "privileges": ["ESCAPEMENT_WORK"]}"#
        let expected = MetadataContent.role(Role(name: "A", privileges: [.work]))
        #expect(try check(role, as: .json).objects.map(\.content) == [expected])
        #expect(try check("[\(role)]", as: .json).objects.map(\.content) == [expected])
        #expect(try check("\u{FEFF}" + role, as: .json).objects.map(\.content) == [expected])
        #expect(
            try check("- {kind: Role, name: A, privileges: [ESCAPEMENT_WORK]}").objects.map(\.content) == [expected]
        )
        #expect(try check("").objects.isEmpty)
        #expect(try check("---\n---\n# nothing\n...\n").objects.isEmpty)
        #expect(try check("[]", as: .json).objects.isEmpty)
        #expect(problems("", as: .json) == ["1  the text ends where a value is expected"])
    }

    @Test("What the server sets and what is not stored is ignored, null is absent")
    func ignoredMembers() throws {
        let set = try check(
            """
            kind: Role
            name: A
            id: 17
            version: many
            origin: [BUILTIN]
            createdBy: {x: 1}
            createdTime: now
            updatedBy: null
            updatedTime: ~
            displayNameKey: a
            descriptionKey: b
            resourceBundleIDs: [c]
            displayName: null
            """
        )
        #expect(set.objects == [MetadataObject(.role(Role(name: "A")), origin: .directory)])
    }

    @Test("Bare words mean what YAML 1.2 says: yes, on and dates are text; numbers count as the text of values")
    func schema() throws {
        let set = try check(
            """
            kind: JobType
            package: acme/types/
            name: T
            executionType: PROCESS_TYPE
            extends: /oracle/as/ess/core/ProcessJobType
            description: 2027-01-01
            parameters:
              - {name: a, value: yes}
              - {name: b, value: 0o17}
              - {name: c, paramType: INTEGER, value: 12, ui: {min: 1, max: 20, choices: [12, 13]}}
              - {name: d, paramType: BOOLEAN, value: true}
              - {name: e, value: ~}
              - {name: f, value: "~"}
              - name: g
                value: |
                  two
                  lines
              - {name: h, value: 1e3, readOnly: True}
            """
        )
        guard case .jobType(let type) = set.objects.first?.content else {
            Issue.record("no job type")
            return
        }
        #expect(type.id.description == "JobType://acme/types/T")
        #expect(type.parameters.map(\.value) == ["yes", "0o17", "12", "true", nil, "~", "two\nlines\n", "1e3"])
        #expect(type.parameters[2].ui == ParameterUI(choices: ["12", "13"], min: "1", max: "20"))
        #expect(type.parameters[7].isReadOnly)
    }

    @Test("System properties have the type of their own whatever a document says")
    func propertyTypes() throws {
        let text = """
            {kind: JobType, package: /a, name: T, executionType: PROCESS_TYPE, extends: /oracle/as/ess/core/ProcessJobType,
             parameters: [{name: SYS_retries, value: 2}, {name: SYS_priority, paramType: STRING, value: "3"}]}
            """
        guard case .jobType(let type) = try check(text).objects.first?.content else {
            Issue.record("no job type")
            return
        }
        #expect(type.parameters.map(\.type) == [.integer, .integer])
    }

    // MARK: - Errors

    @Test("A13: all errors of a broken document come at once, with their lines and paths")
    func allErrors() {
        let text = """
            kind: JobDefinition
            package: acme gl
            name: ..
            jobType: JobSet://a/B
            aplication: X
            parameters:
              - {name: 5, value: [1]}
              - name: p
                paramType: NUMBER
                readOnly: maybe
                ui:
                  required: 1
                  colour: red
              - text
            overridable: SYS_cmdLine
            name: Twice
            ---
            kind: Trigger
            ---
            kind: [JobType
            ---
            kind: User
            name: a/b
            enabled: no
            enterpriseId: 1.5
            roles: [Missing, 1]
            ---
            kind: Grant
            grantee: {user: x, role: y}
            metadata: [{resource: a b, actions: [READ, WRITE]}, {actions: []}]
            requests: [{actions: ESS_REQUEST_VIEW}, {actions: [READ]}]
            """
        #expect(
            problems(text) == [
                "2 /package acme gl is no package",
                "4 /jobType JobSet://a/B is no id of a JobType",
                "5 /aplication unknown member",
                "7 /parameters/0/name a string is expected, not a number",
                "7 /parameters/0/value a string, number or boolean is expected, not a list",
                "9 /parameters/1/paramType NUMBER is none of BOOLEAN, LONG, INTEGER, DATETIME, STRING",
                "10 /parameters/1/readOnly true or false is expected, not a string",
                "12 /parameters/1/ui/required true or false is expected, not a number",
                "13 /parameters/1/ui/colour unknown member",
                "14 /parameters/2 an object is expected, not a string",
                "15 /overridable a list is expected, not a string",
                "16 /name member name stands already in line 3",
                "18 /kind invalid metadata object type Trigger",
                "21  no valid YAML: did not find expected ',' or ']'",
                "23 /name a/b is no name of a User",
                "24 /enabled true or false is expected, not a string",
                "25 /enterpriseId a whole number is expected, not a number",
                "26 /roles/1 a string is expected, not a number",
                "28 /name name is required",
                "29 /grantee a grantee is either a user or a role",
                "30 /metadata/0/actions/1 WRITE is no action on metadata",
                "30 /metadata/0/resource a b is no resource",
                "30 /metadata/1/resource resource is required",
                "31 /requests/0/actions a list is expected, not a string",
                "31 /requests/1/actions/0 READ is no action on requests",
            ]
        )
    }

    @Test("A13: errors that need the whole catalogue come with the lines of what they are about")
    func catalogueErrors() {
        let text = """
            kind: JobDefinition
            package: /a
            name: D
            jobType: /a/Missing
            parameters:
              - name: SYS_priority
                value: 10
            ---
            kind: User
            name: u
            roles:
              - ESSAdmin
              - Missing
            """
        #expect(
            problems(text) == [
                "4 /jobType JobType://a/Missing does not exist",
                "7 /parameters/0/value SYS_priority: the value is out of range 0..9",
                "13 /roles/1 Role://Missing does not exist",
            ]
        )
    }

    @Test("What refers to an object that is wrong itself is not blamed for that")
    func unreadableReferences() {
        let text = """
            {kind: JobType, package: /a, name: T, executionType: PROCES_TYPE, extends: /oracle/as/ess/core/ProcessJobType}
            ---
            {kind: JobDefinition, package: /a, name: D, jobType: /a/T}
            """
        #expect(problems(text) == ["1 /executionType PROCES_TYPE is none of JAVA_TYPE, PROCESS_TYPE, SQL_TYPE"])
    }

    @Test("An id that is defined twice is an error at its second place")
    func duplicateIDs() {
        #expect(
            problems("{kind: Role, name: A}\n---\n{kind: Role, name: A}")
                == ["3  Role://A is defined already in f:1"]
        )
    }

    @Test("Members that stand twice are found each, in every form of writing them")
    func duplicateMembers() {
        let text = """
            kind: Role
            "name": A
            'name': A
            name: A
            description: {a: 1, a: 2}
            includes: []
            includes: []
            ---
            ? kind
            : Role
            ? kind
            : Role
            name: B
            """
        #expect(
            problems(text) == [
                "3 /name member name stands already in line 2", "4 /name member name stands already in line 2",
                "5 /description a string is expected, not an object",
                "5 /description/a member a stands already in line 5",
                "7 /includes member includes stands already in line 6",
                "11 /kind member kind stands already in line 9",
            ]
        )
        #expect(
            problems("{\"kind\": \"Role\",\n\"name\": \"A\",\n\"name\": \"A\"}", as: .json)
                == ["3 /name member name stands already in line 2"]
        )
    }

    @Test(
        "Tags, anchors, aliases and keys that are no words are refused",
        arguments: [
            "name: !!str A", "name: !A A", "name: ! A", "name: !!binary QQ==", "name: A\nincludes: !!seq []",
            "name: &a A", "name: A\nincludes: &a []\nroles: *a", "name: A\n? [b]\n: c", "name: A\n? {b: c}\n: c",
            "name: A\n<<: {b: c}", "name: A\ndescription: *undefined",
        ]
    )
    func refusedForms(_ members: String) {
        #expect(!problems("kind: Role\n" + members).isEmpty)
    }

    @Test("Text that only looks like anchors, aliases or markers is text")
    func innocentText() throws {
        let text = """
            kind: Role
            name: A
            displayName: "a ? &b *b [x]: !c"
            description: |
              cc -E "&buf" "*buf" && echo * ? : }:
              ? what
               --- no marker
            """
        let set = try check(text)
        #expect(set.objects.first?.content.displayName == "a ? &b *b [x]: !c")
    }

    @Test("What is not UTF-8 or holds NUL is refused with its line")
    func badText() {
        let bytes = Array("kind: Role\nname: ".utf8) + [0xFF, 0x0A]
        let reading = DocumentReader.read(bytes, as: .yaml, file: "f")
        #expect(reading.problems.map(\.line) == [2])
        #expect(reading.documents.isEmpty)
        #expect(problems("kind: Role\nname: A\ndescription: \"a\\0b\"") == ["3 /description the text holds NUL"])
        #expect(problems("kind: Role\nname: \u{0}").count == 1)
        #expect(
            problems(#"{"kind": "Role", "name": "A", "description": "\u0000"}"#, as: .json)
                == ["1 /description the text holds NUL"]
        )
    }

    // MARK: - Attacks

    @Test(
        "Bombs of aliases end at once",
        .timeLimit(.minutes(1)),
        arguments: ["? *x\n: 1", "*x : 1", "{? *x : 1}", "a: *x", "[*x, *x]: 1", "{a: *x}: 1"]
    )
    func aliasBombs(_ use: String) {
        var text = "kind: Role\nname: A\nl0: &l0 [a, a, a, a, a, a, a, a, a]\n"
        for level in 1...60 {
            let aliases = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ", ")
            text += "l\(level): &l\(level) [\(aliases)]\n"
        }
        text += "x: &x *l60\n" + use.replacing("*x", with: "*l60")
        #expect(!problems(text).isEmpty)
    }

    @Test("Depth beyond 64 is an error in YAML and JSON, however deep", arguments: [65, 500, 999, 100_000])
    func depth(_ levels: Int) {
        let open = String(repeating: "[", count: levels - 1)
        let close = String(repeating: "]", count: levels - 1)
        let json = #"{"kind": "Role", "name": "A", "includes": \#(open)\#(close)}"#
        #expect(!problems(json, as: .json).isEmpty)
        #expect(!problems("kind: Role\nname: A\nincludes: \(open)\(close)").isEmpty)
        #expect(
            !problems("kind: Role\nname: A\nincludes:\n" + String(repeating: "- ", count: min(levels, 5000))).isEmpty
        )
    }

    @Test("More than 16 MiB are not looked at")
    func size() {
        let bytes = Array(repeating: UInt8(ascii: "#"), count: DocumentLimits.bytesMax + 1)
        #expect(DocumentReader.read(bytes, as: .yaml, file: "f").problems.count == 1)
    }

    @Test("Thousands of documents take seconds, not minutes", .timeLimit(.minutes(1)))
    func manyDocuments() throws {
        let text = (0..<3000).map { "{kind: Role, name: R\($0), includes: [ESSAdmin]}" }.joined(separator: "\n---\n")
        #expect(try check(text).objects.count == 3000)
    }
}
