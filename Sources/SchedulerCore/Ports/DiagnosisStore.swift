/// Tells why requests wait (runtime §10).
package protocol DiagnosisStore: Sendable {
    /// What the store knows of a request and of those around it, read in one transaction.
    ///
    /// - Returns: nil where there is no such request, or a deleted one.
    /// - Throws: `StoreFault`.
    func diagnosisFacts(of id: RequestID) async throws -> DiagnosisFacts?
}
