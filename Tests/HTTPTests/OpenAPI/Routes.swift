import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP

/// Every route of the server. The switches do not compile without a new one.
enum Routes {
    static let all: [Route] = {
        var routes: [Route] = [.root]
        while let next = routes.last.flatMap(after) { routes.append(next) }
        return routes.flatMap { variants(of: $0) }
    }()

    /// One route of each kind, in the order of their declaration.
    private static func after(_ route: Route) -> Route? {
        switch route {
        case .root: .requests
        case .requests: .requestPage
        case .requestPage: .applicationRequests
        case .applicationRequests: .submitArguments
        case .submitArguments: .request
        case .request: .permissions
        case .permissions: .action(.cancel)
        case .action: .decision(.priority)
        case .decision: .diagnosis
        case .diagnosis: .refresh
        case .refresh: .subscribe
        case .subscribe: .deliveries
        case .deliveries: .redelivery
        case .redelivery: .executionStatus
        case .executionStatus: .checkInCancelling
        case .checkInCancelling: .quiesceState
        case .quiesceState: .schedule
        case .schedule: .scheduleControl(.skip)
        case .scheduleControl: .schedulePreview
        case .schedulePreview: .forecast
        case .forecast: .workloadStatus
        case .workloadStatus: .workloadTest
        case .workloadTest: .workloadBinding
        case .workloadBinding: .log
        case .log: .outputs
        case .outputs: .output
        case .output: .nodes
        case .nodes: .node
        case .node: .nodeOperation(.quiesce)
        case .nodeOperation: .clusterOperation(.quiesce)
        case .clusterOperation: .nodeDuty(.dispatcher, isStopped: false)
        case .nodeDuty: .purgeRun
        case .purgeRun: .purgeRuns
        case .purgeRuns: .secrets
        case .secrets: .secret
        case .secret: .metadata(.list)
        case .metadata: .health
        case .health: .readiness
        case .readiness: .errorIndex
        case .errorIndex: .errorPage
        case .errorPage: .document(.ess)
        case .document: .docs
        case .docs: .docsFile
        case .docsFile: nil
        }
    }

    private static func variants(of route: Route) -> [Route] {
        switch route {
        // DELETE of a request has no path of its own.
        case .action: ControlService.Operation.allCases.filter { $0 != .delete }.map { .action($0) }
        case .decision: OperatorDecision.Name.allCases.map { .decision($0) }
        case .scheduleControl: ScheduleControl.allCases.map { .scheduleControl($0) }
        case .nodeOperation: NodeService.Operation.allCases.map { .nodeOperation($0) }
        case .clusterOperation: NodeService.Operation.allCases.map { .clusterOperation($0) }
        case .nodeDuty:
            NodeDuty.allCases.flatMap { [.nodeDuty($0, isStopped: false), .nodeDuty($0, isStopped: true)] }
        case .metadata: metadata.map { .metadata($0) }
        case .document: PublishedDocument.allCases.map { .document($0) }
        default: [route]
        }
    }

    private static let metadata: [MetadataRoute] = {
        var routes: [MetadataRoute] = [.list]
        while let next = routes.last.flatMap(after) { routes.append(next) }
        return routes
    }()

    private static func after(_ route: MetadataRoute) -> MetadataRoute? {
        switch route {
        case .list: .object
        case .object: .copy
        case .copy: .versions
        case .versions: .referrers
        case .referrers: .permissions
        case .permissions: .customizations
        case .customizations: .customization
        case .customization: .validate
        case .validate: .plan
        case .plan: .apply
        case .apply: .export
        case .export: .importXML
        case .importXML: nil
        }
    }
}
