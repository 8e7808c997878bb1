import SchedulerCore
import Testing

@Suite("Parameters at submit")
struct ParameterSubmitTests {
    typealias Fixture = CatalogueFixture

    private func submit(
        _ submitted: [SubmittedParameter],
        properties: SubmittedProperties = SubmittedProperties(),
        to definition: ResolvedDefinition
    ) throws(SchedulerError) -> MergedParameters {
        try ParameterMerge.submit(submitted, properties: properties, to: definition)
    }

    @Test("A3: the submission wins over the definition, body members win over it")
    func order() throws {
        let definition = try Fixture.resolved(
            type: [Parameter(name: "SYS_priority", type: .integer, value: "1"), Parameter(name: "x", value: "type")],
            [Parameter(name: "SYS_priority", type: .integer, value: "2")]
        )
        #expect(try submit([], to: definition).policy.priority == 2)
        let parameter = SubmittedParameter(name: "SYS_priority", type: .integer, value: "3")
        #expect(try submit([parameter], to: definition).policy.priority == 3)
        let merged = try submit([parameter], properties: SubmittedProperties(priority: 5), to: definition)
        #expect(merged.policy.priority == 5)
        #expect(merged.parameters.map(\.name) == ["SYS_priority", "x", "SYS_cmdLine"])
        #expect(merged.parameters.first?.value == "5")
    }

    @Test("A3: parameters without scope come first, longer paths later; the last of equals wins")
    func scopes() throws {
        let submitted = [
            SubmittedParameter(name: "p", type: .string, value: "deep", scope: "a.b"),
            SubmittedParameter(name: "p", type: .string, value: "first"),
            SubmittedParameter(name: "p", type: .string, value: "step", scope: "a"),
            SubmittedParameter(name: "p", type: .string, value: "second"),
        ]
        let merged = try ParameterMerge.submit(submitted, onto: ParameterTable(), overridable: [])
        #expect(merged.parameters.map(\.scope) == [nil, "a", "a.b"])
        #expect(merged.parameters.map(\.value) == ["second", "step", "deep"])
        #expect(throws: SchedulerError(3008, "a.b", Fixture.definitionID.description)) {
            try submit(submitted, to: Fixture.resolved())
        }
    }

    @Test("Each body member sets its system property")
    func bodyMembers() throws {
        let properties = SubmittedProperties(
            priority: 9,
            retries: 3,
            requestTimeout: 60,
            product: "GL",
            requestCategory: "night",
            requestLogLevel: "FINE",
            executePast: false
        )
        let merged = try submit([], properties: properties, to: Fixture.resolved())
        var policy = ExecutionPolicy()
        policy.priority = 9
        policy.retries = 3
        policy.requestTimeout = .seconds(3600)
        #expect(merged.policy == policy)
        let set = Dictionary(uniqueKeysWithValues: merged.parameters.dropFirst().map { ($0.name, $0.value) })
        #expect(
            set == [
                "SYS_priority": "9", "SYS_retries": "3", "SYS_request_timeout": "60", "SYS_product": "GL",
                "SYS_requestCategory": "night", "SYS_EXT_requestLogLevel": "FINE", "SYS_executePast": "false",
            ]
        )
    }

    @Test("Every property of the policy is read with its unit")
    func policy() throws {
        let parameters = [
            ("SYS_requestExpiration", "2"), ("SYS_request_timeout", "0"), ("SYS_EXT_retryDelay", "7"),
            ("SYS_EXT_retryFactor", "2.5"), ("SYS_EXT_retryMaxDelay", "90"), ("SYS_EXT_retryJitter", "0.25"),
            ("SYS_EXT_timeoutAction", "fail"), ("SYS_EXT_nodeLost", "manualRecovery"), ("SYS_EXT_cancelGrace", "0"),
            ("SYS_EXT_cancelEndAfter", "30"), ("SYS_EXT_handleIsCredential", "False"),
            ("SYS_allowMultPending", "false"), ("SYS_EXT_maxConcurrent", "4"),
        ].map { Parameter(name: $0, value: $1) }
        let policy = try submit([], to: Fixture.resolved(parameters)).policy
        var expected = ExecutionPolicy()
        expected.requestExpiration = .seconds(120)
        expected.retryDelay = .seconds(7)
        expected.retryFactor = 2.5
        expected.retryMaxDelay = .seconds(90)
        expected.retryJitter = 0.25
        expected.timeoutAction = .fail
        expected.nodeLost = .manualRecovery
        expected.cancelGrace = .zero
        expected.cancelEndAfter = .seconds(30)
        expected.handleIsCredential = false
        expected.allowMultiplePending = false
        expected.maxConcurrent = 4
        #expect(policy == expected)
    }

    @Test("A4: a read-only parameter keeps value and type")
    func readOnly() throws {
        let definition = try Fixture.resolved(
            type: [Parameter(name: "SYS_product", value: "GL", isReadOnly: true)],
            [Parameter(name: "n", type: .integer, value: "1", isReadOnly: true)]
        )
        #expect(throws: SchedulerError(2, "n", "2")) {
            try submit([SubmittedParameter(name: "n", value: "2")], to: definition)
        }
        #expect(throws: SchedulerError(2, "n", "1")) {
            try submit([SubmittedParameter(name: "n", type: .long, value: "1")], to: definition)
        }
        #expect(throws: SchedulerError(2, "n", "nothing")) {
            try submit([SubmittedParameter(name: "n")], to: definition)
        }
        #expect(throws: SchedulerError(2, "SYS_product", "HR")) {
            try submit([], properties: SubmittedProperties(product: "HR"), to: definition)
        }
        let same = [SubmittedParameter(name: "n", type: .integer, value: "1")]
        #expect(try submit(same, to: definition).parameters == definition.parameters)
    }

    @Test("A5: a code parameter is settable where the definition says so, and nowhere else")
    func codeParameters() throws {
        let command = [SubmittedParameter(name: "SYS_cmdLine", type: .string, value: "/bin/false")]
        #expect(throws: SchedulerError(2, "SYS_cmdLine", "/bin/false")) {
            try submit(command, to: Fixture.resolved())
        }
        let open = try Fixture.resolved(overridable: ["SYS_cmdLine"])
        #expect(try submit(command, to: open).parameters.first?.value == "/bin/false")
        let fixed = try Fixture.resolved(
            type: [Parameter(name: "SYS_cmdLine", value: "/bin/true", isReadOnly: true)],
            overridable: ["SYS_cmdLine"]
        )
        #expect(throws: SchedulerError(2, "SYS_cmdLine", "/bin/false")) { try submit(command, to: fixed) }
    }

    @Test(
        "Reserved names that are unknown, the server's or not for submissions are refused",
        arguments: [
            "SYS_nothing", "sys_priority", "SYS_PRIORITY", "SYS_userName", "CANCEL_UPDATE_TIME",
            "SYS_EXT_maxConcurrent",
            "SYS_selectState", "SYS_allowMultPending", "SYS_",
        ]
    )
    func reserved(_ name: String) throws {
        let definition = try Fixture.resolved(overridable: [name])
        #expect(throws: SchedulerError(2, name, "1")) {
            try submit([SubmittedParameter(name: name, type: .string, value: "1")], to: definition)
        }
    }

    @Test("Properties without effect are kept and named")
    func ignored() throws {
        let submitted = [SubmittedParameter(name: "SYS_locale", type: .string, value: "de")]
        let merged = try submit(submitted, to: Fixture.resolved([Parameter(name: "EssJndiProviderUrl", value: "x")]))
        #expect(merged.ignored == ["EssJndiProviderUrl", "SYS_locale"])
        #expect(merged.parameters.last?.value == "de")
    }

    @Test("Without paramType the declared type counts; without that either the parameter is refused")
    func declaredTypes() throws {
        let definition = try Fixture.resolved([Parameter(name: "n", type: .integer)])
        #expect(
            try submit([SubmittedParameter(name: "n", value: "5")], to: definition).parameters.last?.type == .integer
        )
        #expect(throws: SchedulerError(5006, "n", "INTEGER")) {
            try submit([SubmittedParameter(name: "n", value: "five")], to: definition)
        }
        #expect(throws: SchedulerError(5003, "paramType of m")) {
            try submit([SubmittedParameter(name: "m", value: "5")], to: definition)
        }
        let priority = [SubmittedParameter(name: "SYS_priority", type: .string, value: "5")]
        #expect(try submit(priority, to: definition).parameters.last?.type == .integer)
    }

    @Test(
        "Values fit their type",
        arguments: [
            (ParameterType.boolean, "TRUE", true), (.boolean, "1", false), (.integer, "2147483647", true),
            (.integer, "2147483648", false), (.integer, "-1", true), (.integer, "", false), (.integer, "1.0", false),
            (.long, "9223372036854775807", true), (.long, "9223372036854775808", false), (.long, " 1", false),
            (.dateTime, "2027-03-01T09:10Z", true), (.dateTime, "2027-02-29T09:10Z", false), (.dateTime, "now", false),
            (.string, "", true),
        ]
    )
    func types(_ type: ParameterType, _ value: String, _ fits: Bool) throws {
        let submitted = [SubmittedParameter(name: "p", type: type, value: value)]
        let definition = try Fixture.resolved()
        if fits {
            #expect(try submit(submitted, to: definition).parameters.last?.value == value)
        } else {
            #expect(throws: SchedulerError(5006, "p", type.rawValue)) { try submit(submitted, to: definition) }
        }
    }

    @Test("Out of range and unknown choices of properties name the member")
    func ranges() throws {
        let definition = try Fixture.resolved()
        #expect(throws: SchedulerError(5005, "priority", "0..9")) {
            try submit([], properties: SubmittedProperties(priority: 10), to: definition)
        }
        #expect(throws: SchedulerError(5005, "retries", "0..2147483647")) {
            try submit([], properties: SubmittedProperties(retries: -1), to: definition)
        }
        #expect(throws: SchedulerError(5005, "requestTimeout", "0..52560000")) {
            try submit([], properties: SubmittedProperties(requestTimeout: .max), to: definition)
        }
        #expect(throws: SchedulerError(5004, "never", "SYS_EXT_timeoutAction")) {
            try submit([SubmittedParameter(name: "SYS_EXT_timeoutAction", value: "never")], to: definition)
        }
    }

    @Test("Limits: 1000 parameters, 100 arguments, 32 KiB a value, no NUL, a name")
    func limits() throws {
        let definition = try Fixture.resolved()
        func many(_ count: Int, _ name: String) -> [SubmittedParameter] {
            (0..<count).map { SubmittedParameter(name: "\(name)\($0)", type: .string, value: "") }
        }
        #expect(try submit(many(999, "p"), to: definition).parameters.count == 1000)
        for count in [1000, 1001] {
            #expect(throws: SchedulerError(5008, "requestParameters", "1000")) {
                try submit(many(count, "p"), to: definition)
            }
        }
        #expect(try submit(many(100, "submit.argument"), to: definition).parameters.count == 101)
        #expect(throws: SchedulerError(5008, "submit.argument", "100")) {
            try submit(many(101, "submit.argument"), to: definition)
        }
        func value(_ text: String) throws {
            _ = try submit([SubmittedParameter(name: "p", type: .string, value: text)], to: definition)
        }
        try value(String(repeating: "x", count: 32_768))
        #expect(throws: SchedulerError(5005, "p", "0..32768 bytes")) {
            try value(String(repeating: "x", count: 32_769))
        }
        #expect(throws: SchedulerError(5028, "p")) { try value("a\u{0}b") }
        #expect(throws: SchedulerError(5028, "requestParameters.name")) {
            try submit([SubmittedParameter(name: "a\u{0}", type: .string)], to: definition)
        }
        #expect(throws: SchedulerError(5003, "requestParameters.name")) {
            try submit([SubmittedParameter(name: "", type: .string)], to: definition)
        }
    }

    @Test("Constraints of ui are enforced on the merged value")
    func constraints() throws {
        let definition = try Fixture.resolved([
            Parameter(name: "ledger", ui: ParameterUI(isRequired: true, choices: ["US", "EU"])),
            Parameter(name: "n", type: .integer, value: "5", ui: ParameterUI(min: "1", max: "10")),
            Parameter(name: "code", ui: ParameterUI(pattern: #"[A-Z]\d+"#)),
            Parameter(name: "text", ui: ParameterUI(min: "1.5")),
            Parameter(name: "day", type: .dateTime, ui: ParameterUI(max: "2027-12-31T23:59:59Z")),
            Parameter(name: "pin", isSecret: true, ui: ParameterUI(choices: ["1234"])),
        ])
        func set(_ name: String, _ value: String?) throws {
            var submitted = [SubmittedParameter(name: "ledger", value: "US")]
            submitted.append(SubmittedParameter(name: name, value: value))
            _ = try submit(submitted, to: definition)
        }
        #expect(throws: SchedulerError(5003, "ledger")) { try submit([], to: definition) }
        #expect(throws: SchedulerError(5003, "ledger")) { try set("ledger", "") }
        try set("ledger", "EU")
        #expect(throws: SchedulerError(5004, "DE", "ledger")) { try set("ledger", "DE") }
        try set("n", "10")
        #expect(throws: SchedulerError(5005, "n", "1..10")) { try set("n", "0") }
        #expect(throws: SchedulerError(5005, "n", "1..10")) { try set("n", "11") }
        try set("code", "A12")
        #expect(throws: SchedulerError(5006, "code", #"text of the form [A-Z]\d+"#)) { try set("code", "A12x") }
        try set("text", "2")
        #expect(throws: SchedulerError(5005, "text", "1.5..")) { try set("text", "1.4") }
        #expect(throws: SchedulerError(5006, "text", "number")) { try set("text", "many") }
        try set("day", "2027-12-31T23:59:59Z")
        #expect(throws: SchedulerError(5005, "day", "..2027-12-31T23:59:59Z")) { try set("day", "2028-01-01T00:00Z") }
        #expect(throws: SchedulerError(5004, "********", "pin")) { try set("pin", "9999") }
    }

    @Test("A secret stays one and its value is in no error and no description")
    func secrets() throws {
        let definition = try Fixture.resolved([
            Parameter(name: "key", type: .integer, value: "1", isReadOnly: true, isSecret: true)
        ])
        let error = #expect(throws: SchedulerError.self) {
            try submit([SubmittedParameter(name: "key", value: "424242")], to: definition)
        }
        #expect(error?.arguments == ["key", "********"])
        let open = try Fixture.resolved([Parameter(name: "key", isSecret: true)])
        let merged = try submit([SubmittedParameter(name: "key", value: "424242")], to: open)
        #expect(merged.parameters.last?.isSecret == true)
        #expect(!"\(merged.parameters)".contains("424242"))
    }

    @Test("A long refused value is quoted in part")
    func longValues() throws {
        let error = #expect(throws: SchedulerError.self) {
            try submit(
                [SubmittedParameter(name: "SYS_x", type: .string, value: String(repeating: "y", count: 5000))],
                to: Fixture.resolved()
            )
        }
        #expect(error?.arguments.last?.count == ParameterLimits.quotedCharactersMax + 1)
    }
}
