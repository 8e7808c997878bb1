package import SchedulerCore

/// Check-ins of code that runs inside the server: the same command that a remote job's call becomes.
package struct StoreReporting: InvocationReporting {
    private let store: any RequestStore
    private let handles: HandleAuthority

    package init(store: any RequestStore, handles: HandleAuthority) {
        self.store = store
        self.handles = handles
    }

    package func checkIn(_ request: RequestID, handle: String) async throws -> Bool {
        guard let epoch = handles.epoch(of: handle, request: request) else { return true }
        let results = try await store.perform([RequestCommand(request, .checkIn(handle: epoch))])
        guard let result = results.first, result.outcome == .applied else { return true }
        return result.request?.state == .cancelling
    }
}
