import SchedulerCore

/// Puts what is known of an event into the URL of a listener.
enum ListenerURL {
    static func resolved(_ text: String, of delivery: DueDelivery) throws -> String {
        let template = try CallTemplate.parse(text, property: EventListener.property)
        var values: [TokenTemplate.Token: String] = [:]
        for token in template.tokens {
            guard token.source == .request, let value = value(token.name, of: delivery) else {
                throw DeliveryFailure("The token \(token) of \(EventListener.property) has no value.")
            }
            values[token] = value
        }
        return try CallURL.target(template, property: EventListener.property, values: TokenValues(values)).url
    }

    private static func value(_ name: String, of delivery: DueDelivery) -> String? {
        switch name {
        case "requestId": delivery.entry.requestID.description
        case "absParentRequestId": delivery.entry.notice.absParentID.description
        case "executionAttempt": String(delivery.entry.notice.attempt)
        case "jobDefinitionId": delivery.entry.notice.definitionID
        default: delivery.parameters.last { $0.name == name && $0.scope == nil }.map { $0.value ?? "" }
        }
    }
}
