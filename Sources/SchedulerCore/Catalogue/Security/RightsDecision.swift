/// The one place that decides what a principal may do (administration §5.2, §5.3).
///
/// Made from one principal and one snapshot of the catalogue; the same value answers any number of questions.
package struct RightsDecision: Sendable {
    /// Decides whether the request in question matches the text of a rule's filter; false for one that cannot be read.
    package typealias FilterMatch = (_ filter: String) -> Bool

    package let principal: Principal
    /// His roles and all that they include.
    package let roles: Set<String>
    /// Privileges of all his roles; none for a disabled principal.
    package let privileges: Set<Privilege>
    private let metadataRules: [MetadataRule]
    private let requestRules: [RequestRule]

    package init(principal: Principal, catalogue: Catalogue) {
        self.principal = principal
        guard !principal.isDisabled else {
            roles = []
            privileges = []
            metadataRules = []
            requestRules = []
            return
        }
        roles = catalogue.closure(ofRoles: principal.roles)
        privileges = roles.reduce(into: []) { $0.formUnion(catalogue.role(named: $1)?.privileges ?? []) }
        let grants = catalogue.grants(user: principal.userName, roles: roles)
        metadataRules = grants.flatMap(\.metadata)
        requestRules = grants.flatMap(\.requests)
    }

    // MARK: - Requests

    /// All that the principal may do with the request.
    ///
    /// `matches` is asked only about rules that would add something.
    package func actions(on request: RequestRightsFacts, matches: FilterMatch) -> RequestActionSet {
        guard !principal.isDisabled, sharesEnterprise(with: request) else { return [] }
        var allowed = exemptions.union(ownActions(on: request))
        for rule in requestRules where !allowed.isSuperset(of: rule.actions) {
            guard request.definitions.contains(where: rule.definitions.contains),
                rule.filter.map(matches) ?? true
            else { continue }
            allowed.formUnion(rule.actions)
        }
        return allowed
    }

    /// Refuses with ESS-02004 whoever reads the request but lacks the action, with ESS-02003 everybody else.
    package func require(
        _ action: RequestAction,
        on request: RequestRightsFacts,
        matches: FilterMatch
    ) throws(SchedulerError) {
        let allowed = actions(on: request, matches: matches)
        if allowed.allows(action) { return }
        guard allowed.contains(.read) else {
            throw SchedulerError(2003, principal.userName, request.requestID.description)
        }
        throw SchedulerError(2004, principal.userName, action.rawValue, request.requestID.description)
    }

    /// Which requests the principal may read, as a store can look for them.
    package var readScope: ReadScope {
        guard !principal.isDisabled else { return .nothing }
        return ReadScope(
            userName: principal.userName,
            enterpriseID: privileges.contains(.exemptSaaSPolicy) ? nil : principal.enterpriseID,
            isUnlimited: exemptions.contains(.read),
            rules: requestRules.filter { $0.actions.contains(.read) }
        )
    }

    private func sharesEnterprise(with request: RequestRightsFacts) -> Bool {
        request.enterpriseID == principal.enterpriseID || privileges.contains(.exemptSaaSPolicy)
    }

    private var exemptions: RequestActionSet {
        if privileges.contains(.exemptRequestOutputPolicy) { return .everything }
        return privileges.contains(.exemptRequestAdminPolicy) ? .admin : []
    }

    private func ownActions(on request: RequestRightsFacts) -> RequestActionSet {
        var own: RequestActionSet = []
        if isPrincipal(request.submitter) {
            own.formUnion([.read, .update, .hold, .release, .cancel, .delete])
            // Elevated: what runs under another name may write what the submitter must not see.
            if isPrincipal(request.runAsUser) { own.formUnion([.outputRead, .outputDelete]) }
        }
        if isPrincipal(request.runAsUser) { own.formUnion([.read, .output]) }
        return own
    }

    /// Names are equal code point for code point, as in queries.
    private func isPrincipal(_ name: String) -> Bool { principal.userName.utf8.elementsEqual(name.utf8) }

    // MARK: - Metadata and privileges

    /// Whether a grant gives the action, or ALL, on the object.
    package func allows(_ action: MetadataAction, on id: MetadataObjectID) -> Bool {
        metadataRules.contains { rule in
            (rule.actions.contains(action) || rule.actions.contains(.all)) && rule.resource.contains(id)
        }
    }

    /// Refuses with ESS-02002 whoever may not submit the definition or set.
    package func requireExecute(on id: MetadataObjectID) throws(SchedulerError) {
        guard allows(.execute, on: id) else {
            throw SchedulerError(2002, principal.userName, id.description)
        }
    }

    /// Whether nodes, and what the server is doing, may be seen: whoever may change them must see them.
    package var seesNodes: Bool { !privileges.isDisjoint(with: [.monitor, .work]) }

    /// Refuses with ESS-31002 whoever lacks the privilege.
    package func require(_ privilege: Privilege) throws(SchedulerError) {
        guard privileges.contains(privilege) else {
            throw SchedulerError(31002, principal.userName, privilege.rawValue)
        }
    }
}
