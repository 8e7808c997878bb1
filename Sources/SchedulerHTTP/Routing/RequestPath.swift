import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// The path of a call, taken apart.
package struct RequestPath: Sendable {
    /// Decoded segments; nil stands for one that holds NUL or is no UTF-8.
    let segments: [String?]

    /// Slashes at the end count for nothing (REST §2.1).
    package init(_ path: String) {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        if parts.first?.isEmpty == true { parts.removeFirst() }
        while parts.last?.isEmpty == true { parts.removeLast() }
        segments = parts.map { PercentCoding.decoded($0, plusIsBlank: false) }
    }

    var isWellFormed: Bool { segments.allSatisfy { $0 != nil } }

    /// The route; literal segments win over values. Nil for a path that names nothing here.
    package var route: Route? {
        switch segments.first {
        case "ess": return ess
        case "api": return api
        case "healthz": return segments.count == 1 ? .health : nil
        case "readyz": return segments.count == 1 ? .readiness : nil
        case "errors": return errors
        default: return nil
        }
    }

    /// Number of the request that the path names.
    ///
    /// - Throws: ESS-05009.
    func requestID() throws(SchedulerError) -> RequestID {
        let index = segments.first == "ess" ? 5 : 3
        return try RequestID(path: segments.indices.contains(index) ? segments[index] ?? "" : "")
    }

    /// Number of the page that a search is for, as the path gives it: the last segment.
    var pageIndex: String { name }

    /// Name of the application whose requests are asked for.
    var application: String { segments.indices.contains(5) ? segments[5] ?? "" : "" }

    /// Name of the node, cluster or secret that a path of the administration is about.
    var subject: String { segments.indices.contains(3) ? segments[3] ?? "" : "" }

    /// Number of a delivery, as the path gives it.
    var delivery: String { segments.indices.contains(5) ? segments[5] ?? "" : "" }

    /// The last segment: an output's name, an error's code, a file of the documents' page.
    var name: String { segments.last.flatMap(\.self) ?? "" }

    private var ess: Route? {
        guard segments.starts(with: ["ess", "rest", "scheduler", "v1"]) else { return nil }
        let rest = segments.dropFirst(4)
        guard let first = rest.first else { return .root }
        if rest.elementsEqual(["server", "quiesceState"]) { return .quiesceState }
        if first == "query" { return rest.count == 3 && rest.last == "requests" ? .applicationRequests : nil }
        guard first == "requests" else { return nil }
        let tail = rest.dropFirst()
        switch (tail.first, tail.count) {
        case (_, 0): return .requests
        case ("submitArgs", let count): return count == 1 ? .submitArguments : nil
        case ("search", let count): return count == 2 ? .requestPage : nil
        case (_, 1): return .request
        case (_, 2): return operation(tail.last.flatMap(\.self))
        default: return nil
        }
    }

    private func operation(_ name: String?) -> Route? {
        switch name {
        case "cancel": .action(.cancel)
        case "forceCancel": .action(.forceCancel)
        case "hold": .action(.hold)
        case "release": .action(.release)
        case "subscribe": .subscribe
        case "permissions": .permissions
        case "executionStatus": .executionStatus
        case "checkInCancelling": .checkInCancelling
        default: nil
        }
    }

    private var api: Route? {
        guard segments.starts(with: ["api", "v1"]), segments.count > 2 else { return nil }
        switch segments[2] {
        case "requests": return content
        case "schedules": return segments.count == 4 && name == "preview" ? .schedulePreview : nil
        case "forecast": return segments.count == 3 ? .forecast : nil
        case "docs": return docs
        case "workload": return workload
        case "nodes": return nodes
        case "purge": return purge
        case "secrets": return secrets
        case "metadata", "users", "roles", "grants": return metadata.map { .metadata($0.route) }
        case "clusters": return segments.count == 5 ? nodeOperation.map { .clusterOperation($0) } : nil
        default: return segments.count == 3 ? document.map { .document($0) } : nil
        }
    }

    private var document: PublishedDocument? { PublishedDocument.allCases.first { $0.fileName == name } }

    private var docs: Route? {
        switch segments.count {
        case 3: .docs
        case 4: .docsFile
        default: nil
        }
    }

    private var errors: Route? {
        switch segments.count {
        case 1: .errorIndex
        case 2: .errorPage
        default: nil
        }
    }

    private var content: Route? {
        guard segments.count > 4 else { return nil }
        switch (segments[4], segments.count) {
        case ("log", 5): return .log
        case ("outputs", 5): return .outputs
        case ("outputs", 6): return .output
        case ("schedule", 5): return .schedule
        case ("diagnosis", 5): return .diagnosis
        case ("refresh", 5): return .refresh
        case ("deliveries", 5): return .deliveries
        case ("deliveries", 7): return name == "redeliver" ? .redelivery : nil
        case (.some(let name), 5): return OperatorDecision.Name(rawValue: name).map { .decision($0) }
        case ("schedule", 6): return ScheduleControl(rawValue: name).map { .scheduleControl($0) }
        default: return nil
        }
    }

    private var workload: Route? {
        switch (segments.count > 3 ? segments[3] : nil, segments.count) {
        case ("status", 4): .workloadStatus
        case ("test", 4): .workloadTest
        case ("bindings", 6...): .workloadBinding
        default: nil
        }
    }

    private var purge: Route? {
        guard segments.count == 4 else { return nil }
        return switch name {
        case "run": .purgeRun
        case "runs": .purgeRuns
        default: nil
        }
    }

    private var secrets: Route? {
        switch segments.count {
        case 3: .secrets
        case 4: .secret
        default: nil
        }
    }

    private var nodes: Route? {
        switch segments.count {
        case 3: .nodes
        case 4: .node
        case 5: nodeOperation.map { .nodeOperation($0) }
        case 6: nodeDuty
        default: nil
        }
    }

    private var nodeDuty: Route? {
        guard let duty = segments[4].flatMap({ NodeDuty(rawValue: $0) }) else { return nil }
        return switch name {
        case "start": .nodeDuty(duty, isStopped: false)
        case "stop": .nodeDuty(duty, isStopped: true)
        default: nil
        }
    }

    private var nodeOperation: NodeService.Operation? { NodeService.Operation(rawValue: name) }
}
