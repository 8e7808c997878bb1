/// What code that runs inside the server says of its own invocation, as remote jobs do through the REST API.
package protocol InvocationReporting: Sendable {
    /// Check-in by the handle (runtime §3.2, REST §5.10): in CANCELLING it restarts the forceCancel clock.
    ///
    /// - Parameters:
    ///   - request: number of the request.
    ///   - handle: of the invocation that checks in.
    /// - Returns: true if the request is being cancelled or the handle is closed or dead, so that the code should end.
    /// - Throws: if the store failed; nothing changed then.
    func checkIn(_ request: RequestID, handle: String) async throws -> Bool
}
