package import SchedulerCore

/// Tells receivers of events by HTTP, or listeners inside the server by their types (REST §5.8, runtime §9.5).
package struct NoticeSender: NoticeDeliverer {
    private let caller: OutboundCaller
    private let settings: @Sendable () -> CallbackSettings
    private let secrets: CallbackSecrets
    private let listeners: SwiftJobRegistry
    private let tokens: OAuthTokens
    private let time: any TimeSource

    /// - Parameters:
    ///   - caller: shared by everything that calls outside; whoever made it shuts it down.
    ///   - settings: asked at each try.
    ///   - secrets: of subscriptions.
    ///   - listeners: Swift types that `SYS_listener` may name.
    ///   - time: clocks of the node.
    package init(
        caller: OutboundCaller,
        settings: @escaping @Sendable () -> CallbackSettings,
        secrets: CallbackSecrets = CallbackSecrets(),
        listeners: SwiftJobRegistry = SwiftJobRegistry(),
        time: any TimeSource
    ) {
        self.caller = caller
        self.settings = settings
        self.secrets = secrets
        self.listeners = listeners
        self.time = time
        tokens = OAuthTokens(caller: caller, time: time)
    }

    package func deliver(_ delivery: DueDelivery) async -> DeliveryOutcome {
        let settings = settings()
        return await withTaskGroup(of: DeliveryOutcome.self) { group in
            group.addTask { await self.send(delivery, settings) }
            group.addTask {
                try? await time.sleep(for: settings.timeout)
                return .failed("No answer within \(settings.timeout.inSeconds) s.")
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failed("Given up.")
        }
    }

    private func send(_ delivery: DueDelivery, _ settings: CallbackSettings) async -> DeliveryOutcome {
        do {
            guard delivery.entry.channel == .listener else {
                guard let callback = delivery.callback else { throw DeliveryFailure("The subscription is gone.") }
                let client = try await client(of: callback, delivery.entry.notice.definitionID, settings)
                return try await post(delivery, to: callback.url, as: client, settings)
            }
            guard let name = EventListener.target(in: delivery.parameters) else {
                throw DeliveryFailure("\(EventListener.property) is not set.")
            }
            guard Callout.isURL(name) else { return try await tell(name, delivery.entry) }
            let url = try ListenerURL.resolved(name, of: delivery)
            return try await post(delivery, to: url, as: nil, settings)
        } catch let failure as DeliveryFailure {
            return .failed(failure.description)
        } catch let failure as OutboundFailure {
            return .failed(failure.description)
        } catch let refusal as OutboundRefusal {
            return .failed(refusal.description)
        } catch {
            return .failed("The event could not be sent.")
        }
    }

    // MARK: - HTTP

    private func post(
        _ delivery: DueDelivery,
        to url: String,
        as client: OAuthClient?,
        _ settings: CallbackSettings
    ) async throws -> DeliveryOutcome {
        let target = try OutboundTarget(parsing: url)
        let body = NoticeBody.bytes(of: delivery.entry)
        var headers = [
            OutboundRequest.Header("Content-Type", "application/json"),
            OutboundRequest.Header("Idempotency-Key", delivery.entry.key.idempotencyKey),
        ]
        if let trace = TraceParent.text(for: delivery) { headers.append(OutboundRequest.Header("traceparent", trace)) }
        if let key = settings.signingKey {
            let value = DeliverySignature.value(of: body, key: key, now: time.now())
            headers.append(OutboundRequest.Header(DeliverySignature.header, value))
        }
        var token: String?
        if let client {
            let bearer = try await tokens.token(of: client)
            headers.append(OutboundRequest.Header("Authorization", "Bearer \(bearer)"))
            token = bearer
        }
        let request = OutboundRequest(method: "POST", target: target, headers: headers, body: body)
        let answer = try await caller.call(request)
        if answer.status == 401, let client, let token { await tokens.forget(token, of: client) }
        // What the receiver says beside its status is of no use to us, and need not have come whole.
        guard !(200..<300).contains(answer.status) else { return .delivered(status: answer.status) }
        return .failed(
            "\(target.origin) answered with HTTP status \(answer.status).",
            status: answer.status,
            retryAfter: RetryAfter.wait(answer.retryAfter, now: time.now())
        )
    }

    /// Whose token goes with a callback; nil for none (REST §3.4).
    private func client(
        of callback: CallbackSubscription,
        _ definitionID: String,
        _ settings: CallbackSettings
    ) async throws -> OAuthClient? {
        switch callback.securityScheme {
        case "DIRECT_OAUTH":
            guard let url = callback.accessTokenURI, let id = callback.clientID,
                let secret = try opened(callback)
            else { throw DeliveryFailure("The subscription lacks its credentials.") }
            return OAuthClient(tokenURL: url, id: id, secret: secret)
        case "OWSM_LPA":
            guard let server = settings.oauth else { throw DeliveryFailure("callback.oauth.tokenUrl is not set.") }
            let (id, secret) = try await local(callback, definitionID)
            return OAuthClient(tokenURL: server.tokenURL, id: id, secret: secret)
        default:
            return settings.oauth
        }
    }

    private func local(
        _ callback: CallbackSubscription,
        _ definitionID: String
    ) async throws -> (id: String, secret: String) {
        guard let name = callback.clientCredentialKey else {
            guard let id = callback.clientID, let secret = try opened(callback) else {
                throw DeliveryFailure("The subscription lacks its credentials.")
            }
            return (id, secret)
        }
        // Bytes: a combining mark behind the colon must not hide it.
        guard let value = try await named(name, definitionID)?.utf8 else {
            throw DeliveryFailure("There is no secret \(name) for requests of this definition.")
        }
        guard let colon = value.firstIndex(of: UInt8(ascii: ":")), colon > value.startIndex,
            value.index(after: colon) < value.endIndex
        else { throw DeliveryFailure("The secret \(name) is not of the form clientId:clientSecret.") }
        return (String(Substring(value[..<colon])), String(Substring(value[value.index(after: colon)...])))
    }

    private func named(_ name: String, _ definitionID: String) async throws -> String? {
        do {
            return try await secrets.find(name, definitionID)
        } catch is StoreFault {
            throw DeliveryFailure("The secret \(name) could not be read.")
        } catch {
            throw DeliveryFailure("The secret \(name) cannot be opened: the key is another, or its row was changed.")
        }
    }

    private func opened(_ callback: CallbackSubscription) throws -> String? {
        do {
            return try secrets.open(callback)
        } catch {
            throw DeliveryFailure("The client secret of the subscription cannot be opened with this key.")
        }
    }

    // MARK: - Inside the server

    private func tell(_ className: String, _ entry: OutboxEntry) async throws -> DeliveryOutcome {
        guard let type = listeners.listener(className) else {
            throw DeliveryFailure("There is no Swift listener of the class name “\(className)”.")
        }
        do {
            try await type.init().hear(SwiftListenerEvent(entry))
            return .delivered()
        } catch {
            throw DeliveryFailure("The listener “\(className)” has failed.")
        }
    }
}
