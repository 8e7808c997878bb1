package import SchedulerCore
package import Testing

/// Steps that checks are written in. A step that fails is reported where the check took it.
extension StoreUnderTest {
    @discardableResult
    package func submit(
        _ submission: Submission = StoreSamples.submission(),
        audit: AuditEntry? = nil
    ) async throws -> JobRequest {
        try await store.submit(submission, audit: audit)
    }

    /// Gives one event; fails the test if it has not the expected outcome.
    @discardableResult
    package func perform(
        _ event: RequestEvent,
        on id: RequestID,
        epoch: AttemptEpoch? = nil,
        audit: AuditEntry? = nil,
        expecting outcome: CommandResult.Outcome = .applied,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> CommandResult {
        let results = try await store.perform([RequestCommand(id, event, epoch: epoch, audit: audit)])
        let result = try #require(results.first, sourceLocation: sourceLocation)
        #expect(results.count == 1, sourceLocation: sourceLocation)
        #expect(result.outcome == outcome, sourceLocation: sourceLocation)
        return result
    }

    /// The attempts that a node can take now; one that is no member becomes one before.
    package func claim(
        _ limit: Int = 10,
        ready: Int = 0,
        node: NodeID = StoreSamples.node
    ) async throws -> ClaimResult {
        if try await store.renew(node, lease: StoreSamples.lease) == .none { try await store.enter(node) }
        return try await store.claim(Claim(node: node, processor: "node", limit: limit, readyLimit: ready))
    }

    /// Starts whatever is due and returns the one request that this must be.
    @discardableResult
    package func start(
        _ id: RequestID,
        node: NodeID = StoreSamples.node,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JobRequest {
        let started = try await claim(node: node).started.map(\.request)
        let request = try #require(started.first, sourceLocation: sourceLocation)
        #expect(started.map(\.id) == [id], sourceLocation: sourceLocation)
        return request
    }

    /// A request that is submitted and waits for an asynchronous answer.
    package func startWaiting(
        _ submission: Submission = StoreSamples.asynchronous(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JobRequest {
        let id = try await submit(submission).id
        let running = try await start(id, sourceLocation: sourceLocation)
        let accepted = try await perform(
            .asynchronousStartAccepted(externalID: "ext"),
            on: id,
            epoch: running.epoch,
            sourceLocation: sourceLocation
        )
        return try #require(accepted.request, sourceLocation: sourceLocation)
    }

    /// The stored request.
    package func stored(
        _ id: RequestID,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JobRequest {
        try #require(try await store.request(id), sourceLocation: sourceLocation).request
    }

    package func expect(
        _ id: RequestID,
        in state: RequestState,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let request = try await stored(id, sourceLocation: sourceLocation)
        #expect(request.state == state, sourceLocation: sourceLocation)
    }

    /// Expects ESS-n.
    package func expectRefusal(
        _ number: Int,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Void
    ) async {
        let error = await #expect(throws: SchedulerError.self, sourceLocation: sourceLocation) { try await body() }
        #expect(error?.code == ErrorCode(number), sourceLocation: sourceLocation)
    }

    package func milliseconds(_ offset: Int64) -> Timestamp { time.now() + .milliseconds(offset) }
}

extension CommandResult {
    /// Number of the refusal; nil if there is none.
    package var refusal: Int? {
        guard case .refused(let error) = outcome else { return nil }
        return error.code.number
    }
}
