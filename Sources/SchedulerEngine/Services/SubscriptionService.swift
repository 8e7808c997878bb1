package import SchedulerCore

/// Who is told of a request, and how far that has come (REST §5.8, administration §6.1).
package struct SubscriptionService: Sendable {
    private static let subscribing = "subscribe"
    private static let unsubscribing = "unsubscribe"
    private static let redelivering = "redeliver"

    private let access: RequestAccess
    private let store: any OutboxStore
    private let gateway: CommandGateway
    private let callbacks: CallbackSealer
    private let denials: DenialRecorder
    private let wake: WakeSignal

    /// - Parameters:
    ///   - access: finds requests and says who may change them.
    ///   - store: holds the outbox.
    ///   - gateway: takes the commands.
    ///   - callbacks: judges and seals subscriptions.
    ///   - denials: records refusals.
    ///   - wake: of the loop that delivers.
    package init(
        access: RequestAccess,
        store: any OutboxStore,
        gateway: CommandGateway,
        callbacks: CallbackSealer,
        denials: DenialRecorder,
        wake: WakeSignal
    ) {
        self.access = access
        self.store = store
        self.gateway = gateway
        self.callbacks = callbacks
        self.denials = denials
        self.wake = wake
    }

    /// The first checks of a subscription, before its body is looked at.
    ///
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004; `StoreFault`.
    package func check(on id: RequestID, caller: Caller) async throws {
        try await check(id, action: Self.subscribing, caller: caller)
    }

    /// Subscribes; an earlier subscription is replaced. The caller has passed `check(on:caller:)`.
    ///
    /// - Parameters:
    ///   - callback: whom to tell.
    ///   - id: of the request.
    ///   - caller: who asks.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the request afterwards, durable.
    /// - Throws: ESS-02007; ESS-01020 for a request that has ended; ESS-01051; `StoreFault`.
    package func subscribe(
        _ callback: SubmissionOrder.Callback,
        on id: RequestID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> JobRequest {
        let sealed = try callbacks.seal(callback)
        return try await perform(.subscribe(sealed), on: id, caller.audit(Self.subscribing), call)
    }

    /// Ends the subscription; what it has not delivered is dropped.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - caller: needs UPDATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004; ESS-01021 where there is none; `StoreFault`.
    package func unsubscribe(_ id: RequestID, caller: Caller, call: IdempotentCall? = nil) async throws {
        try await check(id, action: Self.unsubscribing, caller: caller)
        _ = try await perform(.unsubscribe, on: id, caller.audit(Self.unsubscribing), call)
    }

    /// The events of a request that were or are to be told, oldest first.
    ///
    /// - Throws: ESS-01001, ESS-02003; `StoreFault`.
    package func deliveries(of id: RequestID, caller: Caller) async throws -> [OutboxEntry] {
        _ = try await access.request(id, for: .read, caller: caller)
        return try await store.deliveries(of: id)
    }

    /// Lets an event be told once more, whatever became of it.
    ///
    /// - Parameters:
    ///   - number: of the event.
    ///   - id: of the request.
    ///   - caller: needs UPDATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: how it stands now; nil if there is none of the number.
    /// - Throws: in this order ESS-01001, ESS-02003 or ESS-02004; `StoreFault`.
    package func redeliver(
        _ number: Int,
        of id: RequestID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> OutboxEntry? {
        try await check(id, action: Self.redelivering, caller: caller)
        let key = OutboxKey(requestID: id, number: number)
        let entry = try await store.redeliver(key, audit: caller.audit(Self.redelivering), call: call)
        wake.signal()
        return entry
    }

    private func check(_ id: RequestID, action: String, caller: Caller) async throws {
        do {
            _ = try await access.request(id, for: .update, caller: caller)
        } catch let error as SchedulerError {
            await denials.record(error, entry: caller.audit(action), target: id)
            throw error
        }
    }

    private func perform(
        _ event: RequestEvent,
        on id: RequestID,
        _ entry: AuditEntry,
        _ call: IdempotentCall?
    ) async throws -> JobRequest {
        let result = try await gateway.perform(RequestCommand(id, event, audit: entry, call: call))
        switch result.outcome {
        case .applied, .unchanged:
            guard let request = result.request else { throw SchedulerError(1001, id.description) }
            return request
        case .refused(let error):
            throw error
        case .dropped:
            throw SchedulerError(1051, id.description)
        }
    }
}
