package import SchedulerCore

/// Proves that a caller speaks for a running invocation (REST §5.9): by its handle, and where the definition does not
/// let that suffice, by a right of its own.
package struct HandleAccess: Sendable {
    private let access: RequestAccess
    private let handles: HandleAuthority

    package init(access: RequestAccess, handles: HandleAuthority) {
        self.access = access
        self.handles = handles
    }

    /// - Parameters:
    ///   - id: of the request that the handle is said to be of.
    ///   - handle: as presented; nil if none was.
    ///   - caller: nil without credentials.
    /// - Returns: the request, and the epoch of the invocation; whether that is the present one is for the store to
    ///   say.
    /// - Throws: in this order ESS-02001, 01001, 02005, 02003 or 02004.
    package func prove(
        _ id: RequestID,
        handle: String?,
        caller: Caller?
    ) async throws -> (request: JobRequest, epoch: AttemptEpoch) {
        let epoch = handle.flatMap { handles.epoch(of: $0, request: id) }
        guard caller != nil || epoch != nil else { throw SchedulerError(2001) }
        let request = try await access.existing(id).request
        guard caller != nil || request.policy.handleIsCredential else { throw SchedulerError(2001) }
        guard let epoch else { throw SchedulerError(2005, id.description) }
        if let caller, !request.policy.handleIsCredential {
            _ = try await access.request(id, for: .update, caller: caller)
        }
        return (request, epoch)
    }
}
