import Documents
package import SchedulerCore

/// Which nodes work for an assignment: a change of the assignment like any other, for which nobody has to write its
/// document (administration §4).
extension MetadataService {
    /// Binds an assignment to a node, or changes how it is bound.
    ///
    /// - Parameters:
    ///   - id: of the assignment.
    ///   - binding: takes the place of the one to the same node.
    ///   - precondition: of the assignment; `none` = whatever it is.
    ///   - caller: needs ESCAPEMENT_WORK.
    /// - Returns: the assignment, and whether it was not bound to the node before.
    /// - Throws: ESS-31002, 30001, 30007, 30005; `MetadataRefusal`; `StoreFault`.
    package func bind(
        _ id: MetadataObjectID,
        _ binding: WorkBinding,
        _ precondition: MetadataPrecondition = .none,
        caller: Caller
    ) async throws -> (object: MetadataObject, isNew: Bool) {
        var isNew = false
        try await changeBindings(of: id, precondition, caller: caller) { bindings in
            isNew = !bindings.contains { $0.isTo(binding.node) }
            if let index = bindings.firstIndex(where: { $0.isTo(binding.node) }) {
                bindings[index] = binding
            } else {
                bindings.append(binding)
            }
        }
        return (try await stored(id), isNew)
    }

    /// Takes a binding away.
    ///
    /// - Parameters:
    ///   - id: of the assignment.
    ///   - node: to which it is bound.
    ///   - precondition: of the assignment; `none` = whatever it is.
    ///   - caller: needs ESCAPEMENT_WORK.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Throws: the codes of `bind`; ESS-30001 also where there is no such binding.
    package func unbind(
        _ id: MetadataObjectID,
        from node: String,
        _ precondition: MetadataPrecondition = .none,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws {
        try await changeBindings(of: id, precondition, caller: caller, call: call) { bindings throws(SchedulerError) in
            guard let index = bindings.firstIndex(where: { $0.isTo(node) }) else {
                let name = node.prefix(Self.quotedNodeCharacters)
                throw SchedulerError(30001, "binding of \(id) to node \(name)")
            }
            bindings.remove(at: index)
        }
    }

    /// Characters of a node's name from outside that an error quotes.
    private static let quotedNodeCharacters = 200

    private func changeBindings(
        of id: MetadataObjectID,
        _ precondition: MetadataPrecondition,
        caller: Caller,
        call: IdempotentCall? = nil,
        _ change: (inout [WorkBinding]) throws(SchedulerError) -> Void
    ) async throws {
        _ = try await commit(caller: caller, call: call) { snapshot, rights in
            try rights.require(.update, on: id)
            guard let object = snapshot.object(id), case .workAssignment(var assignment) = object.content else {
                throw SchedulerError(30001, id.description)
            }
            guard object.origin.isChangeable else { throw MetadataPlanner.unchangeable(object) }
            if precondition != .none { try precondition.check(id, version: object.version) }
            try change(&assignment.bindings)
            return try Self.plan(DocumentReader.copy(of: .workAssignment(assignment), to: id), in: snapshot, rights)
        }
    }
}

extension WorkBinding {
    /// Names are equal byte for byte, as in stores.
    fileprivate func isTo(_ other: String) -> Bool { node.utf8.elementsEqual(other.utf8) }
}
