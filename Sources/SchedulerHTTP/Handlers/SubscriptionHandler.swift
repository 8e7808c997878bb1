import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Callbacks of a request, and how far they have come (REST §5.8, administration §6.1).
struct SubscriptionHandler {
    let subscriptions: SubscriptionService?

    /// Whether the request exists and the caller may change it is answered before the body is read.
    func subscribe(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        let service = try service(call)
        try await service.check(on: id, caller: caller)
        let callback = SubmissionOrder.Callback(try CallbackSubscriptionBody(json: call.body))
        let request = try await service.subscribe(callback, on: id, caller: caller, call: call.idempotent)
        return call.links(of: RequestLineage(request))
    }

    func unsubscribe(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        try await service(call).unsubscribe(id, caller: call.requireCaller(), call: call.idempotent)
        return Answer(status: .noContent)
    }

    func deliveries(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let entries = try await service(call).deliveries(of: id, caller: call.requireCaller())
        return call.answer(DeliveryListAnswer(entries: entries).encoded)
    }

    func redeliver(_ call: Call) async throws -> Answer {
        let id = try call.path.requestID()
        let caller = try call.requireCaller()
        guard let number = Int(call.path.delivery), number > 0 else {
            throw SchedulerError(5020, call.request.uri.path)
        }
        let service = try service(call)
        guard let entry = try await service.redeliver(number, of: id, caller: caller, call: call.idempotent) else {
            throw SchedulerError(5020, call.request.uri.path)
        }
        return call.answer(DeliveryAnswer(entry: entry).encoded)
    }

    private func service(_ call: Call) throws -> SubscriptionService {
        guard let subscriptions else { throw SchedulerError(5020, call.request.uri.path) }
        return subscriptions
    }
}

extension SubmissionOrder.Callback {
    init(_ body: CallbackSubscriptionBody) {
        var subscription = CallbackSubscription(url: body.url, securityScheme: body.securityScheme.rawValue)
        subscription.accessTokenURI = body.accessTokenUri
        subscription.clientID = body.clientId
        subscription.clientCredentialKey = body.ouath2ClientCsfKey
        self.init(subscription: subscription, clientSecret: body.clientSecret?.value)
    }
}
