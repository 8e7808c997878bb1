/// How code that runs inside the server submits sub-requests of its own invocation, as remote jobs do through the REST
/// API.
package protocol SubRequestSubmitting: Sendable {
    /// Submits a sub-request, which starts when its parent pauses (runtime §6).
    ///
    /// - Parameters:
    ///   - order: what is to run.
    ///   - parent: number of the running request.
    ///   - handle: of its present invocation.
    /// - Returns: number of the sub-request, which is durable.
    /// - Throws: the `SchedulerError` that a call of the REST API would be answered with, or `StoreFault`.
    func submit(_ order: SubRequestOrder, below parent: RequestID, handle: String) async throws -> RequestID
}

/// What is to run as a sub-request: that part of a submission which a sub-request may have (REST §5.3).
package struct SubRequestOrder: Hashable, Sendable {
    /// Id of a job definition, in any spelling.
    package var definition: String
    package var application: String?
    package var description: String?
    package var parameters: [SubmittedParameter] = []
    package var properties = SubmittedProperties()

    package init(definition: String) { self.definition = definition }
}
