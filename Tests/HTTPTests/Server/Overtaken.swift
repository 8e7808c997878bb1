import SchedulerCore

/// A call, what a rival does to its request meanwhile, and the answer.
struct Overtaken: Sendable, CustomStringConvertible {
    let operation: ChangingOperation
    let event: RequestEvent
    let status: Int
    let code: String

    var description: String { "\(operation) after \(event)" }

    static let all: [Overtaken] = ChangingOperation.ofPeople.compactMap { operation in
        let answer: (RequestEvent, Int, String)? =
            switch operation.description {
            case "POST requests/ID/forceCancel": (.forceCancel, 400, "ESS-01013")
            case "POST requests/ID/hold": (.cancel, 400, "ESS-01011")
            case "POST requests/ID/release": (.cancel, 400, "ESS-01012")
            case "DELETE requests/ID": (.delete, 404, "ESS-01001")
            case "PATCH requests/ID": (.cancel, 400, "ESS-01018")
            case "POST requests/ID/subscribe": (.cancel, 400, "ESS-01020")
            case "DELETE requests/ID/subscribe": (.unsubscribe, 404, "ESS-01021")
            case "POST /api/v1/requests/ID/priority": (.cancel, 400, "ESS-01025")
            case "POST /api/v1/requests/ID/schedule/skip": (.cancel, 400, "ESS-01029")
            default: nil
            }
        return answer.map { Overtaken(operation: operation, event: $0, status: $1, code: $2) }
    }
}
