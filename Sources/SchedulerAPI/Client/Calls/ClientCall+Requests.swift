import HTTPTypes
package import SchedulerCore

// What our own API adds about requests (administration §6).

// MARK: - Log and outputs

extension ClientCall where Answer == [UInt8] {
    /// The last lines of the log, into which all attempts write.
    package static func log(_ id: RequestID, tail lines: Int? = nil) -> ClientCall {
        ClientCall(
            "getLog",
            ClientPath.more(about: id, "/log"),
            query: [("tail", lines.map { String($0) })],
            type: "text/plain"
        )
    }

    package static func output(_ id: RequestID, _ name: String) -> ClientCall {
        ClientCall("getOutput", ClientPath.more(about: id, "/outputs/\(PercentEncoding.encoded(name))"), type: "*/*")
    }
}

extension ClientCall where Answer == LogPiece? {
    /// A stretch of the log; nil when there is nothing (yet).
    package static func log(_ id: RequestID, range: LogRange) -> ClientCall {
        ClientCall(
            "getLog",
            .get,
            ClientPath.more(about: id, "/log"),
            fields: [.accept: "text/plain, application/json", .range: range.fieldValue],
            accepting: [404, 416]
        ) { reply throws(ClientError) in
            switch reply.status {
            // No log yet, or nothing beyond the offset.
            case 404, 416: return nil
            case 206:
                guard let start = reply.fields[.contentRange].flatMap(LogRange.start(ofContentRange:)) else {
                    throw .unreadable("holds a part of the log without its place")
                }
                return LogPiece(start: start, bytes: reply.body)
            // The whole log: a server may ignore the range.
            default: return range.cut(reply.body)
            }
        }
    }
}

extension ClientCall where Answer == ItemsView<OutputView> {
    package static func outputs(_ id: RequestID) -> ClientCall {
        ClientCall("listOutputs", .get, ClientPath.more(about: id, "/outputs"))
    }
}

// MARK: - Diagnosis and deliveries

extension ClientCall where Answer == DiagnosisView {
    package static func diagnosis(_ id: RequestID) -> ClientCall {
        ClientCall("getDiagnosis", .get, ClientPath.more(about: id, "/diagnosis"))
    }
}

extension ClientCall where Answer == ItemsView<DeliveryView> {
    /// Oldest first.
    package static func deliveries(_ id: RequestID) -> ClientCall {
        ClientCall("listDeliveries", .get, ClientPath.more(about: id, "/deliveries"))
    }
}

extension ClientCall where Answer == DeliveryView {
    /// The delivery as it stands then.
    package static func redeliver(_ number: Int64, of id: RequestID) -> ClientCall {
        ClientCall("redeliver", .post, ClientPath.more(about: id, "/deliveries/\(number)/redeliver"))
    }
}

// MARK: - Decisions

extension ClientCall where Answer == LinksView {
    /// Takes what the metadata say now.
    package static func refresh(_ id: RequestID) -> ClientCall {
        ClientCall("refreshRequest", .post, ClientPath.more(about: id, "/refresh"))
    }

    package static func replaceSchedule(_ id: RequestID, _ change: UpdateInput) -> ClientCall {
        ClientCall("replaceSchedule", .put, ClientPath.more(about: id, "/schedule"), body: change.document.encoded)
    }

    package static func control(_ id: RequestID, _ control: ScheduleControl) -> ClientCall {
        ClientCall("\(control.rawValue)Schedule", .post, ClientPath.more(about: id, "/schedule/\(control.rawValue)"))
    }

    /// - Parameters:
    ///   - id: of the request.
    ///   - priority: 0 to 9, the highest.
    /// - Returns: the call.
    package static func setPriority(_ id: RequestID, _ priority: Int) -> ClientCall {
        let body: DocumentValue = ["priority": .number(Int64(priority))]
        return ClientCall("setPriority", .post, ClientPath.more(about: id, "/priority"), body: body.encoded)
    }

    /// Decides about a lost attempt; the reason is for the audit trail.
    package static func recover(_ id: RequestID, _ outcome: RecoveryOutcome, reason: String? = nil) -> ClientCall {
        let body: DocumentValue = .members(["outcome": .text(outcome.rawValue), "reason": DocumentValue(reason)])
        return ClientCall("recoverRequest", .post, ClientPath.more(about: id, "/recover"), body: body.encoded)
    }

    /// Reports in place of a job, and attests that it will not answer any more.
    package static func complete(_ id: RequestID, _ status: ExecutionStatus, message: String? = nil) -> ClientCall {
        let body: DocumentValue = .members([
            "attestation": true, "status": .text(status.rawValue), "statusMessage": DocumentValue(message),
        ])
        return ClientCall("completeRequest", .post, ClientPath.more(about: id, "/complete"), body: body.encoded)
    }
}
