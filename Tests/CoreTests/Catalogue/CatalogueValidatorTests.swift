import SchedulerCore
import Testing

@Suite("Validation of the catalogue")
struct CatalogueValidatorTests {
    typealias Fixture = CatalogueFixture

    private func problems(_ contents: MetadataContent...) -> [CatalogueProblem] {
        CatalogueValidator.problems(in: contents.map { MetadataObject($0, origin: .directory) })
    }

    private func paths(_ problems: [CatalogueProblem]) -> [String] {
        problems.filter { $0.severity == .error }.map(\.path)
    }

    private func type(_ name: String, extends: String, _ executionType: ExecutionType = .process) throws -> JobType {
        JobType(
            id: MetadataObjectID(kind: .jobType, package: "/t", name: name),
            executionType: executionType,
            extends: try MetadataObjectID(parsing: extends, only: .jobType)
        )
    }

    @Test("A sound type and definition have no problem")
    func sound() {
        let found = problems(
            .jobType(Fixture.jobType()),
            .jobDefinition(Fixture.definition([Parameter(name: "SYS_retries", type: .integer, value: "2")]))
        )
        #expect(found.isEmpty)
    }

    @Test("References must exist: types, roles, grantees")
    func references() throws {
        let found = problems(
            .jobType(try type("A", extends: "/t/Missing")),
            .jobDefinition(Fixture.definition()),
            .user(User(name: "u", roles: ["ESSAdmin", "Missing"])),
            .role(Role(name: "r", includes: ["Missing"])),
            .grant(Grant(name: "g1", grantee: .user("missing"))),
            .grant(Grant(name: "g2", grantee: .role("Missing")))
        )
        #expect(paths(found) == ["/extends", "/jobType", "/roles/1", "/includes/0", "/grantee/user", "/grantee/role"])
        #expect(found.allSatisfy { $0.code == 30003 && $0.missing != nil })
    }

    @Test("Chains of types are acyclic, at most eight links and of one execution type")
    func chains() throws {
        #expect(paths(problems(.jobType(try type("A", extends: "/t/A")))) == ["/extends"])
        #expect(
            paths(problems(.jobType(try type("A", extends: "/t/B")), .jobType(try type("B", extends: "/t/A"))))
                == ["/extends", "/extends"]
        )
        let other = try type("A", extends: "/oracle/as/ess/core/ProcessJobType", .java)
        #expect(paths(problems(.jobType(other))) == ["/executionType"])
        var chain: [MetadataContent] = [.jobType(try type("T1", extends: "/oracle/as/ess/core/ProcessJobType"))]
        for index in 2...8 { chain.append(.jobType(try type("T\(index)", extends: "/t/T\(index - 1)"))) }
        func check(_ contents: [MetadataContent]) -> [CatalogueProblem] {
            CatalogueValidator.problems(in: contents.map { MetadataObject($0, origin: .api) })
        }
        #expect(check(chain).isEmpty)
        chain.append(.jobType(try type("T9", extends: "/t/T8")))
        #expect(check(chain).map(\.object.name) == ["T9"])
    }

    @Test("Built-in objects and their aliases cannot be replaced")
    func builtIn() {
        let java = MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/ext", name: "JavaJobType")
        let found = problems(
            .role(Role(name: "ESSAdmin")),
            .jobType(JobType(id: java, executionType: .java, extends: BuiltInJobType.swift.id))
        )
        #expect(found.map(\.code) == [30007, 30007])
    }

    @Test(
        "A definition has the code parameters its root type needs",
        arguments: [
            (BuiltInJobType.process, [["SYS_cmdLine"], ["SYS_EXT_cmdLine.Unix"], ["SYS_EXT_executableName"]]),
            (.http, [["SYS_EXT_httpUrl"]]), (.swift, [["SYS_className"]]),
            (.syncWebService, [["SYS_EXT_wsWsdlBaseUrl"], ["SYS_EXT_wsWsdlUrl"]]),
            (.plsql, [["SYS_procedureName", "SYS_EXT_dataSource"], ["SYS_EXT_sqlText", "SYS_EXT_dataSource"]]),
        ]
    )
    func neededParameters(_ type: BuiltInJobType, _ sufficient: [[String]]) {
        func definition(_ names: [String]) -> MetadataContent {
            .jobDefinition(
                JobDefinition(
                    id: Fixture.definitionID,
                    jobType: type.id,
                    parameters: names.map { Parameter(name: $0, value: "x") }
                )
            )
        }
        for names in sufficient { #expect(problems(definition(names)).isEmpty, "\(names)") }
        #expect(paths(problems(definition([]))).contains("/parameters"))
    }

    @Test("Read-only parameters of a type cannot be changed by what builds on it")
    func readOnly() {
        let found = problems(
            .jobType(Fixture.jobType([Parameter(name: "p", value: "1", isReadOnly: true)])),
            .jobDefinition(Fixture.definition([Parameter(name: "q"), Parameter(name: "p", value: "2")]))
        )
        #expect(paths(found) == ["/parameters/2"])
        #expect(found.first?.code == 30002)
    }

    @Test("Parameters: names, places, values, constraints, each with its place")
    func parameters() {
        let found = problems(
            .jobType(Fixture.jobType([Parameter(name: "inherited", value: "text")])),
            .jobDefinition(
                Fixture.definition(
                    [
                        Parameter(name: "twice"), Parameter(name: "twice"), Parameter(name: "SYS_unknown"),
                        Parameter(name: "sys_priority"), Parameter(name: "SYS_userName", value: "x"),
                        Parameter(name: "SYS_selectState", type: .boolean, value: "true"),
                        Parameter(name: "SYS_requestedProcessor", value: "n"),
                        Parameter(name: "SYS_priority", type: .integer, value: "10"),
                        Parameter(name: "n", type: .integer, value: "x"),
                        Parameter(
                            name: "u1",
                            type: .integer,
                            ui: ParameterUI(choices: ["1", "a"], min: "2", max: "1")
                        ),
                        Parameter(name: "u2", ui: ParameterUI(choices: [], pattern: "(", min: "low")),
                        Parameter(name: "u3", type: .boolean, ui: ParameterUI(max: "1")),
                        Parameter(name: "inherited", type: .integer),
                        Parameter(name: "big", value: String(repeating: "x", count: 32_769)),
                        Parameter(name: "scoped", scope: "a"),
                    ],
                    overridable: ["SYS_cmdLine", "SYS_cmdLine", "SYS_priority"]
                )
            )
        )
        #expect(
            paths(found) == [
                "/parameters/2/name", "/parameters/3/name", "/parameters/4/name", "/parameters/5/name",
                "/parameters/6/name", "/parameters/7/name", "/parameters/8/value", "/parameters/9/value",
                "/parameters/10/ui/choices/1", "/parameters/10/ui/max", "/parameters/11/ui/choices",
                "/parameters/11/ui/pattern", "/parameters/11/ui/min", "/parameters/12/ui/max", "/parameters/14/value",
                "/parameters/15/scope", "/overridable/1", "/overridable/2", "/parameters/13",
            ]
        )
    }

    @Test("Properties without effect are warnings")
    func warnings() {
        let found = problems(
            .jobType(Fixture.jobType()),
            .jobDefinition(Fixture.definition([Parameter(name: "SYS_locale", value: "de")], overridable: ["x"]))
        )
        #expect(found.map(\.severity) == [.warning, .warning])
    }

    @Test("Roles do not include themselves, hashes have a known form, filters are filters")
    func security() {
        let found = problems(
            .role(Role(name: "a", includes: ["b"])),
            .role(Role(name: "b", includes: ["ESSOperator", "a"])),
            .role(Role(name: "c", includes: ["a"])),
            .user(User(name: "u1", passwordHash: PasswordHashText("$scrypt$ln=15"))),
            .user(User(name: "u2", passwordHash: PasswordHashText("plain"))),
            .user(User(name: "u3", passwordHash: PasswordHashText("$scrypt$"))),
            .grant(
                Grant(
                    name: "g",
                    grantee: .role("a"),
                    requests: [
                        RequestRule(filter: "product pr", actions: .read),
                        RequestRule(filter: "colour pr", actions: .read),
                    ]
                )
            )
        )
        #expect(paths(found) == ["/includes/0", "/includes/1", "/passwordHash", "/passwordHash", "/requests/1/filter"])
    }

    @Test("Limits: 1000 parameters, 100 arguments")
    func limits() {
        func many(_ count: Int, _ name: String) -> MetadataContent {
            .jobType(Fixture.jobType((0..<count).map { Parameter(name: "\(name)\($0)") }))
        }
        #expect(problems(many(1000, "p")).isEmpty)
        #expect(paths(problems(many(1001, "p"))) == ["/parameters"])
        #expect(problems(many(100, "submit.argument")).isEmpty)
        #expect(paths(problems(many(101, "submit.argument"))) == ["/parameters"])
    }
}
