import SchedulerCore
import Testing

@Suite("Rights")
struct RightsDecisionTests {
    private static let definition = MetadataObjectID(kind: .jobDefinition, package: "/acme/gl", name: "Import")
    private static let set = MetadataObjectID(kind: .jobSet, package: "/acme/hr", name: "Night")

    private static func facts(
        submitter: String = "olga",
        runAs: String? = nil,
        enterprise: Int64 = 1,
        definitions: [MetadataObjectID] = [definition]
    ) -> RequestRightsFacts {
        RequestRightsFacts(
            requestID: RequestID(7),
            submitter: submitter,
            runAsUser: runAs ?? submitter,
            enterpriseID: enterprise,
            definitions: definitions
        )
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

    private static func actions(_ decision: RightsDecision, on facts: RequestRightsFacts) -> RequestActionSet {
        decision.actions(on: facts) { _ in false }
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
        let allowed = Self.actions(Self.decision(roles: [role]), on: Self.facts())
        let columns: [RequestAction] = [.view, .update, .cancel, .outputRead, .outputUpdate]
        #expect(columns.map { allowed.allows($0) } == cells)
        #expect(allowed == expected)
    }

    @Test("Nodes are seen by monitors, and by those who may change them")
    func seesNodes() {
        for role in ["ESSOperator", "ESSMonitor", "ESSAdmin", "EscapementAdmin"] {
            #expect(Self.decision(roles: [role]).seesNodes)
        }
        #expect(Self.decision(roles: ["R"], .role(Role(name: "R", privileges: [.work]))).seesNodes)
        let others = Privilege.administration.subtracting([.monitor, .work])
        #expect(!Self.decision(roles: ["R"], .role(Role(name: "R", privileges: others))).seesNodes)
        #expect(!Self.decision(roles: ["BIAdministrator"]).seesNodes)
        #expect(!Self.decision(roles: ["EscapementAdmin"], isDisabled: true).seesNodes)
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
        #expect(Self.actions(Self.decision(), on: Self.facts()).isEmpty)
        #expect(Self.actions(Self.decision(roles: ["Nobody"]), on: Self.facts()).isEmpty)
    }

    // MARK: - Own requests

    @Test("Own requests: all but LOCK and PURGE")
    func own() {
        let allowed = Self.actions(Self.decision(), on: Self.facts(submitter: "anna"))
        #expect(allowed == [.read, .update, .hold, .release, .cancel, .delete, .output])
    }

    @Test("Elevated requests: the submitter sees no output, the run-as user sees nothing else but the request")
    func elevated() {
        let submitter = Self.actions(Self.decision(), on: Self.facts(submitter: "anna", runAs: "batch"))
        #expect(submitter == [.read, .update, .hold, .release, .cancel, .delete])
        let runAs = Self.actions(Self.decision(), on: Self.facts(submitter: "olga", runAs: "anna"))
        #expect(runAs == [.read, .output])
    }

    @Test("A disabled principal may do nothing, not even with his own")
    func disabled() {
        let decision = Self.decision(roles: ["EscapementAdmin"], isDisabled: true)
        #expect(Self.actions(decision, on: Self.facts(submitter: "anna")).isEmpty)
        #expect(!decision.allows(.execute, on: Self.definition))
        #expect(decision.privileges.isEmpty)
        #expect(decision.readScope == .nothing)
    }

    // MARK: - Exemptions

    @Test("Requests of another enterprise are closed to everybody but the exempt")
    func enterprises() {
        let facts = Self.facts(submitter: "anna", enterprise: 2)
        #expect(Self.actions(Self.decision(roles: ["EscapementAdmin"]), on: facts).isEmpty)
        let exempt = Self.decision(roles: ["Cross"], .role(Role(name: "Cross", privileges: [.exemptSaaSPolicy])))
        #expect(Self.actions(exempt, on: facts).contains(.read))
        #expect(Self.actions(exempt, on: Self.facts(enterprise: 2)).isEmpty)
        #expect(exempt.readScope.enterpriseID == nil)
    }

    @Test("The two request policies: all but output, all")
    func policies() {
        let admin = Self.decision(roles: ["R"], .role(Role(name: "R", privileges: [.exemptRequestAdminPolicy])))
        #expect(Self.actions(admin, on: Self.facts()) == .admin)
        let output = Self.decision(roles: ["R"], .role(Role(name: "R", privileges: [.exemptRequestOutputPolicy])))
        #expect(Self.actions(output, on: Self.facts()) == .everything)
    }

    // MARK: - Grants

    private static func grant(_ rule: RequestRule, to grantee: Grant.Grantee = .role("Clerk")) -> MetadataContent {
        .grant(Grant(name: "g", grantee: grantee, requests: [rule]))
    }

    @Test("A grant reaches users and roles, directly and by inclusion")
    func grantees() {
        let rule = RequestRule(actions: .hold)
        let facts = Self.facts()
        #expect(Self.actions(Self.decision(Self.grant(rule, to: .user("anna"))), on: facts) == .hold)
        #expect(Self.actions(Self.decision(Self.grant(rule, to: .user("olga"))), on: facts).isEmpty)
        let clerk = MetadataContent.role(Role(name: "Clerk"))
        #expect(Self.actions(Self.decision(roles: ["Clerk"], clerk, Self.grant(rule)), on: facts) == .hold)
        let boss = MetadataContent.role(Role(name: "Boss", includes: ["Middle"]))
        let middle = MetadataContent.role(Role(name: "Middle", includes: ["Clerk", "Boss"]))
        let decision = Self.decision(roles: ["Boss"], boss, middle, clerk, Self.grant(rule))
        #expect(Self.actions(decision, on: facts) == .hold)
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
        let step = Self.facts(definitions: [Self.definition, Self.set])
        #expect(decision.actions(on: step) { $0 == #"product eq "GL""# } == .cancel)
        #expect(decision.actions(on: step) { _ in false }.isEmpty)
        #expect(decision.actions(on: Self.facts()) { _ in true }.isEmpty)
    }

    @Test("Who reads is told what he lacks, others learn nothing; an action needs no READ")
    func refusals() {
        let reader = Self.decision(roles: ["ESSOperator"])
        #expect(throws: SchedulerError(2004, "anna", "ESS_REQUEST_CANCEL", "7")) {
            try reader.require(.cancel, on: Self.facts()) { _ in true }
        }
        #expect(throws: SchedulerError(2003, "anna", "7")) {
            try Self.decision().require(.cancel, on: Self.facts()) { _ in true }
        }
        let canceller = Self.decision(Self.grant(RequestRule(actions: .cancel), to: .user("anna")))
        #expect(throws: Never.self) { try canceller.require(.cancel, on: Self.facts()) { _ in true } }
        #expect(throws: SchedulerError(2003, "anna", "7")) {
            try canceller.require(.hold, on: Self.facts()) { _ in true }
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

    @Test("What may be read as a scope agrees with what is allowed on each request")
    func readScope() throws {
        let rule = RequestRule(definitions: try #require(ResourcePattern("acme.gl.*")), actions: [.read, .hold])
        let decision = Self.decision(Self.grant(rule, to: .user("anna")))
        #expect(
            decision.readScope == ReadScope(userName: "anna", enterpriseID: 1, isUnlimited: false, rules: [rule])
        )
        #expect(Self.decision(roles: ["EscapementAdmin"]).readScope.isUnlimited)
        #expect(Self.decision(Self.grant(RequestRule(actions: .cancel), to: .user("anna"))).readScope.rules.isEmpty)
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
