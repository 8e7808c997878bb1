import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// What tests of callbacks ask of a server, and what they are told.
extension ServerProcess {
    /// Submits a job whose end is told.
    ///
    /// - Parameters:
    ///   - definition: its name in the package `test`.
    ///   - callback: body of a subscription.
    ///   - isLater: whether it waits for a time that never comes.
    /// - Returns: the request's number.
    /// - Throws: `ServerEnded` with the refusal.
    func submit(_ definition: String, telling callback: String, isLater: Bool = false) async throws -> Int64 {
        let start = isLater ? ",\"startTime\":\"2099-01-01T00:00:00Z\"" : ""
        let job = "\"jobDefinitionId\":\"JobDefinition://test/\(definition)\""
        let reply = try await call("POST", Self.requests, "{\(job),\"callbackSubscription\":\(callback)\(start)}")
        guard reply.status == 201, let id = reply.integer("id") else { throw ServerEnded(text: reply.body) }
        return id
    }

    func deliveries(of id: Int64) async throws -> [DeliveryView] {
        try await send(.deliveries(RequestID(id))).items
    }

    /// Asks until all events of a request have come as far as is wanted; the test's time limit bounds it.
    func deliveries(of id: Int64, until isWanted: (DeliveryView) -> Bool) async throws -> [DeliveryView] {
        while true {
            let found = try await deliveries(of: id)
            if !found.isEmpty, found.allSatisfy(isWanted) { return found }
            try Task.checkCancellation()
        }
    }

    /// What there is to say of a request, state by state and time by time, without the address of the server.
    func details(of id: Int64) async throws -> String {
        try await call("GET", "\(Self.requests)/\(id)").body.replacing(baseURL, with: "")
    }
}

extension CallbackReceiver {
    /// What it is told: the body of a callback.
    struct Told: Decodable {
        let requestId: Int64
        let state: String
        let resultMessage: String?
        let absParentRequestId: Int64
        let event: String
        let errorType: String?
        let cause: String
        let executionAttempt: Int
        let time: String
    }

    /// The body of a subscription that leads here.
    ///
    /// - Parameters:
    ///   - path: that is called.
    ///   - more: further members, as JSON.
    /// - Returns: JSON.
    func subscription(_ path: String = "done", more: String = "") -> String {
        "{\"callbackUrlPrefix\":\"\(url)\",\"callbackResourcePath\":\"\(path)\"\(more)}"
    }
}

extension CallbackReceiver.Call {
    var told: CallbackReceiver.Told {
        get throws { try JSONDecoder().decode(CallbackReceiver.Told.self, from: Data(body.utf8)) }
    }

    /// Names of the body's members.
    var members: Set<String> {
        get throws {
            let object = try JSONSerialization.jsonObject(with: Data(body.utf8))
            return Set(try #require(object as? [String: Any]).keys)
        }
    }
}
