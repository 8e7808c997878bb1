package import SchedulerCore

/// Why a request waits, as `/api/v1/requests/{id}/diagnosis` shows it (administration §6.1, runtime §10).
package struct DiagnosisAnswer: Sendable {
    package let diagnosis: Diagnosis

    package init(diagnosis: Diagnosis) { self.diagnosis = diagnosis }

    /// A request that has ended has no `diagnosticCode`, and `blockers` is empty.
    package var encoded: [UInt8] {
        let request = diagnosis.request
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.list("actions", diagnosis.actions.map(\.rawValue))
        writer.member("application", request.facts.application)
        writer.member("asyncExecType", first(\.asyncExecType))
        writer.member("asyncLimit", first(\.asyncLimit))
        writer.name("blockers")
        writer.beginArray()
        for reason in diagnosis.reasons { reason.write(to: &writer) }
        writer.endArray()
        writer.member("blockingRequestId", first(\.blockingRequestID)?.value)
        writer.member("diagnosticCode", diagnosis.code?.rawValue)
        writer.member("estimatedStart", diagnosis.estimatedStart)
        writer.member("hasManualAsyncComplete", request.canBeCompleted)
        writer.member("hasManualRecoverRequest", diagnosis.actions.contains(.recoverRetry))
        writer.member("parentRequestId", request.lineage.parentID?.value)
        writer.member("processPhase", request.phase.rawValue)
        writer.member("requestId", request.id.value)
        writer.member("requestedProcessor", request.facts.requestedProcessor)
        writer.member("scheduledTime", request.kinship.gate == .parentPause ? nil : request.scheduledTime)
        writer.member("since", diagnosis.since)
        writer.member("state", request.state.rawValue)
        writer.member("subRequestId", first(\.subRequestID)?.value)
        writer.member("text", diagnosis.text)
        writer.member("workAssignment", first(\.workAssignment)?.description)
        writer.member("workshift", first(\.workshift)?.description)
        writer.endObject()
        return writer.bytes
    }

    /// Of the first reason that has it.
    private func first<Value>(_ field: KeyPath<DiagnosticReason, Value?>) -> Value? {
        diagnosis.reasons.lazy.compactMap { $0[keyPath: field] }.first
    }
}

extension DiagnosticReason {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("application", application)
        writer.member("asyncExecType", asyncExecType)
        writer.member("asyncLimit", asyncLimit)
        writer.member("attempt", attempt)
        writer.member("blockerKind", blockerKind?.rawValue)
        writer.member("blockingRequestId", blockingRequestID?.value)
        writer.member("cancelCalls", cancelCalls)
        writer.member("cancelInitiatedTime", cancelInitiatedTime)
        writer.list("childRequestIds", childRequestIDs)
        writer.member("code", code.rawValue)
        writer.member("earliestForceCancelTime", earliestForceCancelTime)
        writer.member("externalId", externalID)
        writer.list("holders", holders)
        writer.member("inUse", inUse)
        writer.member("incompatibility", incompatibility?.description)
        writer.member("isTimedOut", isTimedOut)
        writer.member("killTime", killTime)
        writer.member("lastCheckIn", lastCheckIn)
        writer.member("limit", limit)
        writer.member("message", message)
        writer.list("missing", missing.map(\.description), unlessEmpty: true)
        writer.member("name", logicalCluster)
        writer.member("nextCall", nextCall)
        writer.member("nextInstant", nextInstant)
        writer.member("nextWindow", nextWindow)
        writer.member("node", node)
        writer.list("nodes", nodes, unlessEmpty: true)
        writer.member("parentRequestId", parentRequestID?.value)
        writer.member("pid", pid.map { Int64($0) })
        writer.member("processor", processor)
        writer.member("queuePosition", queuePosition)
        writer.member("reason", reason)
        writer.member("requestedProcessor", requestedProcessor)
        writer.member("retriesLeft", retriesLeft)
        writer.member("scheduledTime", scheduledTime)
        writer.member("subRequestId", subRequestID?.value)
        writer.member("text", text)
        writer.member("threads", threads)
        writer.member("timeoutAt", timeoutAt)
        writer.member("usualP50", usual?.p50.wholeMilliseconds)
        writer.member("usualP95", usual?.p95.wholeMilliseconds)
        writer.member("value", value)
        writer.member("who", who)
        writer.member("workAssignment", workAssignment?.description)
        writer.member("workshift", workshift?.description)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func list(_ name: JSONName, _ texts: [String], unlessEmpty: Bool = false) {
        guard !unlessEmpty || !texts.isEmpty else { return }
        self.name(name)
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    /// Left out where there are none.
    fileprivate mutating func list(_ name: JSONName, _ ids: [RequestID]) {
        guard !ids.isEmpty else { return }
        self.name(name)
        beginArray()
        for id in ids { value(id.value) }
        endArray()
    }
}
