import SchedulerCore
import Testing

@Suite("Rights")
struct RightsDecisionTests {
    private static let definition = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import")
    private static let set = MetadataObjectID(kind: .jobSet, package: "/acme/hr", name: "Night")

    private static func request(
        submitter: String = "olga",
        runAs: String? = nil,
        enterprise: Int64 = 1,
        product: String? = nil
    ) -> JobRequest {
        var facts = RequestFacts(
            type: .singleton,
            definitionID: definition,
            jobTypeID: BuiltInJobType.process.id,
            executor: .process,
            application: "AcmeEss",
            submitter: submitter
        )
        facts.runAsUser = runAs ?? submitter
        facts.enterpriseID = enterprise
        facts.product = product
        let now = Timestamp(milliseconds: 0)
        return JobRequest(id: RequestID(7), submission: Submission(facts: facts), now: now)
    }

    private static func decision(
        roles: Set<String> = [],
        enterprise: Int64 = 1,
        isDisabled: Bool = false,
        _ contents: MetadataContent...
    ) -> RightsDecision {
        RightsDecision(
            principal: Principal(userName: "anna", roles: roles, enterpriseID: enterprise, isDisabled: isDisabled),
            catalogue: Catalogue(contents.map { MetadataObject($0, origin: .directory) })
        )
    }

    private static func actions(_ decision: RightsDecision, on request: JobRequest) -> RequestActionSet {
        decision.actions(on: request)
    }

    // MARK: - Built-in roles

    /// Others' requests: view, update, cancel, see output, write output (administration §5.3), and all actions.
    private static let roleMatrix: [(role: String, cells: [Bool], actions: RequestActionSet)] = [
        ("ESSOperator", [true, false, false, false, false], .read),
        ("ESSMonitor", [true, false, false, false, false], .read),
        ("ESSAdmin", [true, true, true, false, false], .admin),
        ("BIAdministrator", [false, false, false, true, true], [.outputRead, .outputUpdate]),
        ("EscapementAdmin", [true, true, true, false, false], .admin),
    ]

    @Test("A32: the role matrix holds cell by cell on others' requests", arguments: 0..<5)
    func matrix(_ index: Int) {
        let (role, cells, expected) = Self.roleMatrix[index]
        let allowed = Self.actions(Self.decision(roles: [role]), on: Self.request())
        let columns: [RequestAction] = [.view, .update, .cancel, .outputRead, .outputUpdate]
        #expect(columns.map { allowed.allows($0) } == cells)
        #expect(allowed == expected)
    }

    @Test("A32: privileges and metadata rights of the built-in roles")
    func privileges() {
        for role in ["ESSOperator", "ESSMonitor", "ESSAdmin"] {
            #expect(Self.decision(roles: [role]).privileges == [.monitor])
            #expect(!Self.decision(roles: [role]).allows(.execute, on: Self.definition))
        }
        #expect(Self.decision(roles: ["BIAdministrator"]).privileges.isEmpty)
        let administrator = Self.decision(roles: ["EscapementAdmin"])
        #expect(
            administrator.privileges.map(\.rawValue).sorted() == [
                "ESCAPEMENT_AUDIT", "ESCAPEMENT_CODE", "ESCAPEMENT_CONFIG", "ESCAPEMENT_MONITOR", "ESCAPEMENT_PURGE",
                "ESCAPEMENT_SECURITY", "ESCAPEMENT_WORK", "EXEMPT_REQUEST_ADMIN_POLICY",
            ]
        )
        for action in MetadataAction.allCases { #expect(administrator.allows(action, on: Self.set)) }
        #expect(throws: SchedulerError(31002, "anna", "ESCAPEMENT_WORK")) {
            try Self.decision(roles: ["ESSAdmin"]).require(.work)
        }
    }

    @Test("A32: without a role nothing is allowed on others' requests, with an unknown one neither")
    func noRole() {
        #expect(Self.actions(Self.decision(), on: Self.request()).isEmpty)
        #expect(Self.actions(Self.decision(roles: ["Nobody"]), on: Self.request()).isEmpty)
    }

    // MARK: - Own requests

    @Test("Own requests: all but LOCK and PURGE")
    func own() {
        let allowed = Self.actions(Self.decision(), on: Self.request(submitter: "anna"))
        #expect(allowed == [.read, .update, .hold, .release, .cancel, .delete, .output])
    }

    @Test("Elevated requests: the submitter sees no output, the run-as user sees nothing else but the request")
    func elevated() {
        let submitter = Self.actions(Self.decision(), on: Self.request(submitter: "anna", runAs: "batch"))
        #expect(submitter == [.read, .update, .hold, .release, .cancel, .delete])
        let runAs = Self.actions(Self.decision(), on: Self.request(submitter: "olga", runAs: "anna"))
        #expect(runAs == [.read, .output])
    }

    @Test("A disabled principal may do nothing, not even with his own")
    func disabled() {
        let decision = Self.decision(roles: ["EscapementAdmin"], isDisabled: true)
        #expect(Self.actions(decision, on: Self.request(submitter: "anna")).isEmpty)
        #expect(!decision.allows(.execute, on: Self.definition))
        #expect(decision.privileges.isEmpty)
        #expect(decision.readScope == .nothing)
    }

    // MARK: - Exemptions

    @Test("Requests of another enterprise are closed to everybody but the exempt")
    func enterprises() {
        let request = Self.request(submitter: "anna", enterprise: 2)
        #expect(Self.actions(Self.decision(roles: ["EscapementAdmin"]), on: request).isEmpty)
        let exempt = Self.decision(roles: ["Cross"], .role(Role(name: "Cross", privileges: [.exemptSaaSPolicy])))
        #expect(Self.actions(exempt, on: request).contains(.read))
        #expect(Self.actions(exempt, on: Self.request(enterprise: 2)).isEmpty)
        #expect(exempt.readScope.enterpriseID == nil)
    }

    @Test("The two request policies: all but output, all")
    func policies() {
        let admin = Self.decision(roles: ["R"], .role(Role(name: "R", privileges: [.exemptRequestAdminPolicy])))
        #expect(Self.actions(admin, on: Self.request()) == .admin)
        let output = Self.decision(roles: ["R"], .role(Role(name: "R", privileges: [.exemptRequestOutputPolicy])))
        #expect(Self.actions(output, on: Self.request()) == .everything)
    }

    // MARK: - Grants

    private static func grant(_ rule: RequestRule, to grantee: Grant.Grantee = .role("Clerk")) -> MetadataContent {
        .grant(Grant(name: "g", grantee: grantee, requests: [rule]))
    }

    @Test("A grant reaches users and roles, directly and by inclusion")
    func grantees() {
        let rule = RequestRule(actions: .hold)
        let request = Self.request()
        #expect(Self.actions(Self.decision(Self.grant(rule, to: .user("anna"))), on: request) == .hold)
        #expect(Self.actions(Self.decision(Self.grant(rule, to: .user("olga"))), on: request).isEmpty)
        let clerk = MetadataContent.role(Role(name: "Clerk"))
        #expect(Self.actions(Self.decision(roles: ["Clerk"], clerk, Self.grant(rule)), on: request) == .hold)
        let boss = MetadataContent.role(Role(name: "Boss", includes: ["Middle"]))
        let middle = MetadataContent.role(Role(name: "Middle", includes: ["Clerk", "Boss"]))
        let decision = Self.decision(roles: ["Boss"], boss, middle, clerk, Self.grant(rule))
        #expect(Self.actions(decision, on: request) == .hold)
        #expect(decision.roles == ["Boss", "Middle", "Clerk"])
    }

    @Test("A grant matches the request's definition or an ancestor's, and its filter")
    func definitions() throws {
        let resource = try #require(ResourcePattern("acme.hr.*"))
        let decision = Self.decision(
            Self.grant(
                RequestRule(definitions: resource, filter: #"product eq "GL""#, actions: .cancel),
                to: .user("anna")
            )
        )
        let matching = Self.request(product: "GL")
        #expect(decision.actions(on: matching, ancestors: [Self.set]) == .cancel)
        #expect(decision.actions(on: Self.request(product: "HR"), ancestors: [Self.set]).isEmpty)
        #expect(decision.actions(on: matching).isEmpty)
    }

    @Test("A rule whose filter cannot be read allows nothing")
    func unreadableFilter() {
        let decision = Self.decision(Self.grant(RequestRule(filter: "colour pr", actions: .cancel), to: .user("anna")))
        #expect(Self.actions(decision, on: Self.request()).isEmpty)
    }

    @Test("Who reads is told what he lacks, others learn nothing; an action needs no READ")
    func refusals() {
        let reader = Self.decision(roles: ["ESSOperator"])
        #expect(throws: SchedulerError(2004, "anna", "ESS_REQUEST_CANCEL", "7")) {
            try reader.require(.cancel, on: Self.request())
        }
        #expect(throws: SchedulerError(2003, "anna", "7")) {
            try Self.decision().require(.cancel, on: Self.request())
        }
        let canceller = Self.decision(Self.grant(RequestRule(actions: .cancel), to: .user("anna")))
        #expect(throws: Never.self) { try canceller.require(.cancel, on: Self.request()) }
        #expect(throws: SchedulerError(2003, "anna", "7")) {
            try canceller.require(.hold, on: Self.request())
        }
    }

    @Test("A34: submit needs EXECUTE on the definition")
    func execute() throws {
        func decision(_ resource: String, _ action: MetadataAction) throws -> RightsDecision {
            let rule = MetadataRule(resource: try #require(ResourcePattern(resource)), actions: [action])
            return Self.decision(.grant(Grant(name: "g", grantee: .user("anna"), metadata: [rule])))
        }
        let refusal = SchedulerError(2002, "anna", Self.definition.description)
        #expect(throws: refusal) { try Self.decision().requireExecute(on: Self.definition) }
        #expect(throws: refusal) { try decision("acme.gl.*", .read).requireExecute(on: Self.definition) }
        #expect(throws: refusal) { try decision("acme.hr.*", .execute).requireExecute(on: Self.definition) }
        #expect(throws: Never.self) { try decision("acme.gl.*", .execute).requireExecute(on: Self.definition) }
        #expect(throws: Never.self) { try decision("*", .all).requireExecute(on: Self.definition) }
    }

    @Test("The scope as a query agrees with what is allowed on each request")
    func readScope() throws {
        var generator = SeededGenerator(seed: 21)
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
        let resources = ["*", "acme.gl.*", "acme.hr.*", "acme.*", "acme.gl.JobDefinition.Import", "JobSet://acme/*"]
        let privileges: [Set<Privilege>] = [[.exemptSaaSPolicy], [.exemptRequestAdminPolicy]]
        let filters: [String?] = [nil, "product eq 'GL'", "not (product pr)", "colour pr"]
        let actions: [RequestActionSet] = [.read, .cancel, .everything]
        let roles: [Set<String>] = [[], [], ["ESSOperator"], ["R"]]
        var readable = 0
        for _ in 0..<3000 {
            let rules = try (0..<pick([0, 1, 2])).map { _ in
                RequestRule(
                    definitions: try #require(ResourcePattern(pick(resources))),
                    filter: pick(filters),
                    actions: pick(actions)
                )
            }
            let decision = Self.decision(
                roles: pick(roles),
                enterprise: pick([1, 1, 2]),
                isDisabled: pick([false, false, false, true]),
                .grant(Grant(name: "g", grantee: .user("anna"), requests: rules)),
                .role(Role(name: "R", privileges: pick(privileges)))
            )
            let request = Self.request(
                submitter: pick(["anna", "olga"]),
                runAs: pick([nil, "anna", "olga"]),
                product: pick([nil, "GL", "HR"])
            )
            let isAllowed = decision.actions(on: request).contains(.read)
            let isVisible = decision.readScope.filter.map { FilterEvaluator(value: request.value).matches($0) } ?? true
            #expect(isAllowed == isVisible, "\(rules)")
            if isAllowed { readable += 1 }
        }
        #expect((500...2500).contains(readable))
        let exempt = Self.decision(
            roles: ["R"],
            .role(Role(name: "R", privileges: [.exemptSaaSPolicy, .exemptRequestAdminPolicy]))
        )
        #expect(exempt.readScope.filter == nil)
    }

    // MARK: - Names

    @Test("Sixteen actions; bundles are their members; legacy names are understood")
    func actionNames() {
        #expect(RequestAction.allCases.count == 16)
        #expect(RequestAction.allCases.allSatisfy { RequestAction(spelling: $0.rawValue) == $0 })
        #expect(RequestAction.operate.members == [.read, .hold, .release, .cancel])
        #expect(
            RequestAction.admin.members.actions.map(\.rawValue)
                == [
                    "READ", "UPDATE", "HOLD", "RELEASE", "LOCK", "CANCEL", "DELETE", "PURGE",
                ].map { "ESS_REQUEST_" + $0 }
        )
        #expect(RequestAction.view.members == .read)
        #expect(RequestAction.outputAdmin.members.actions.count == 4)
        #expect(RequestActionSet([RequestAction.operate, .update]).allows(.operate))
        #expect(!RequestActionSet([RequestAction.hold, .read]).allows(.operate))
        #expect(["read", "update", "delete"].map { RequestAction(spelling: $0) } == [.read, .update, .delete])
        #expect(RequestAction(spelling: "READ") == nil)
    }
}
