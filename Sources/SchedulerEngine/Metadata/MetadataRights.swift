import SchedulerCore

/// What one caller may do with metadata objects (administration §1.1, §5.3).
struct MetadataRights {
    let decision: RightsDecision

    init(_ caller: Caller, _ catalogue: Catalogue) {
        decision = RightsDecision(principal: caller.principal, catalogue: catalogue)
    }

    /// Objects that a caller may not read do not exist for him.
    func canRead(_ id: MetadataObjectID) -> Bool {
        switch id.kind {
        case .user, .role, .grant: holds(.security)
        case .workshift, .workAssignment: decision.allows(.read, on: id) || holds(.work) || holds(.monitor)
        case .purgePolicy: decision.allows(.read, on: id) || holds(.purge)
        default: decision.allows(.read, on: id)
        }
    }

    /// The actions that the caller has on an object, privileges in place of rights included.
    func actions(on id: MetadataObjectID) -> [MetadataAction] {
        MetadataAction.allCases.filter { action in
            switch action {
            case .all: false
            case .read: canRead(id)
            case .execute: CustomizableProperty.kinds.contains(id.kind) && decision.allows(.execute, on: id)
            case .create, .update, .delete: canWrite(action, id)
            }
        }
    }

    /// The right to write an object.
    ///
    /// - Throws: `MetadataDenial` with ESS-30008, of kinds that a privilege stands for with ESS-31002. Who cannot read
    ///   the object does not learn whether it exists.
    func require(_ action: MetadataAction, on id: MetadataObjectID) throws(MetadataDenial) {
        guard !canWrite(action, id) else { return }
        let user = decision.principal.userName
        if let privilege = Self.privilege(of: id.kind) {
            throw MetadataDenial(error: SchedulerError(31002, user, privilege.rawValue), target: id)
        }
        let named = canRead(id) ? action : .update
        throw MetadataDenial(error: SchedulerError(30008, user, named.rawValue, id.description), target: id)
    }

    /// Reading what a change is laid over.
    ///
    /// - Throws: ESS-30008.
    func requireRead(_ id: MetadataObjectID) throws(SchedulerError) {
        guard !canRead(id) else { return }
        throw SchedulerError(30008, decision.principal.userName, MetadataAction.read.rawValue, id.description)
    }

    /// What saving such a document needs besides: ESCAPEMENT_CODE for job types and code parameters, EXECUTE on each
    /// step's job.
    ///
    /// - Throws: `MetadataDenial` with ESS-31002 or ESS-02002.
    func requireContent(_ content: MetadataContent) throws(MetadataDenial) {
        do throws(SchedulerError) {
            if content.holdsCode { try decision.require(.code) }
            for step in content.jobSet?.steps ?? [] { try decision.requireExecute(on: step.job) }
        } catch {
            throw MetadataDenial(error: error, target: content.id)
        }
    }

    private func canWrite(_ action: MetadataAction, _ id: MetadataObjectID) -> Bool {
        if let privilege = Self.privilege(of: id.kind) { return holds(privilege) }
        return decision.allows(action, on: id)
    }

    private func holds(_ privilege: Privilege) -> Bool { decision.privileges.contains(privilege) }

    /// What writing objects of the kind needs instead of a right on them.
    private static func privilege(of kind: MetadataKind) -> Privilege? {
        switch kind {
        case .workshift, .workAssignment: .work
        case .purgePolicy: .purge
        case .user, .role, .grant: .security
        default: nil
        }
    }
}

/// A refused write of an object, for the audit trail.
struct MetadataDenial: Error {
    let error: SchedulerError
    let target: MetadataObjectID
}

extension MetadataContent {
    /// Whether it decides which code runs, as whom or where, or lets a submission decide that.
    var holdsCode: Bool {
        switch self {
        case .jobType: true
        case .jobDefinition(let definition):
            definition.parameters.contains(where: \.isCode) || definition.overridable.contains(where: Parameter.isCode)
        case .jobSet(let set):
            set.parameters.contains(where: \.isCode)
                || set.steps.contains { $0.parameters.contains(where: \.isCode) }
        default: false
        }
    }
}

extension Parameter {
    fileprivate static func isCode(_ name: String) -> Bool { SystemProperty.named(name)?.isCode ?? false }

    fileprivate var isCode: Bool { Self.isCode(name) }
}
