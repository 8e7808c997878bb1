package import HTTPTypes
package import SchedulerAPI
package import SchedulerCore
package import SchedulerEngine

/// The paths that this server knows (REST §1, administration §4, §6.1, §6.4).
package enum Route: Hashable, Sendable {
    case root
    case requests
    /// One page of the requests.
    case requestPage
    /// The requests of an application.
    case applicationRequests
    case submitArguments
    case request
    case permissions
    case action(ControlService.Operation)
    case decision(OperatorDecision.Name)
    case diagnosis
    case refresh
    case subscribe
    case deliveries
    case redelivery
    case executionStatus
    case checkInCancelling
    case quiesceState
    case schedule
    case scheduleControl(ScheduleControl)
    case schedulePreview
    case forecast
    case workloadStatus
    case workloadTest
    case workloadBinding
    case log
    case outputs
    case output
    case nodes
    case node
    case nodeOperation(NodeService.Operation)
    case clusterOperation(NodeService.Operation)
    case nodeDuty(NodeDuty, isStopped: Bool)
    case purgeRun
    case purgeRuns
    case secrets
    case secret
    case metadata(MetadataRoute)
    case health
    case readiness
    case errorIndex
    case errorPage
    /// An OpenAPI document.
    case document(PublishedDocument)
    /// The page that shows the OpenAPI documents.
    case docs
    /// What that page loads.
    case docsFile

    /// The methods that it takes, as `Allow` lists them; GET brings HEAD along.
    package var methods: [HTTPRequest.Method] {
        switch self {
        case .root, .requestPage, .applicationRequests, .permissions, .diagnosis, .forecast, .workloadStatus,
            .deliveries, .quiesceState, .log, .outputs, .output, .nodes, .node, .purgeRuns, .secrets, .health,
            .readiness, .errorIndex, .errorPage, .document, .docs, .docsFile:
            [.get, .head]
        case .requests: [.get, .head, .post]
        case .metadata(let route): route.methods
        case .request: [.get, .head, .patch, .delete]
        case .schedule: [.put]
        case .secret: [.get, .head, .put, .delete]
        case .workloadBinding: [.put, .delete]
        case .submitArguments, .action, .decision, .executionStatus, .checkInCancelling, .nodeOperation,
            .clusterOperation, .nodeDuty, .scheduleControl, .schedulePreview, .workloadTest, .purgeRun, .refresh,
            .redelivery:
            [.post]
        case .subscribe: [.post, .delete]
        }
    }

    /// Whether the call is answered without any credentials (administration §5.1).
    package var isAnonymous: Bool {
        switch self {
        case .health, .readiness, .errorIndex, .errorPage: true
        default: false
        }
    }

    /// Whether a handle in the body may stand for credentials (REST §2.1).
    package var takesHandle: Bool {
        switch self {
        case .requests, .executionStatus, .checkInCancelling: true
        default: false
        }
    }

    /// Whether the answer is JSON whose type the caller may choose.
    var isNegotiated: Bool {
        switch self {
        case .log, .output, .health, .readiness, .errorIndex, .errorPage, .docs, .docsFile, .metadata(.export): false
        default: true
        }
    }

    /// Whether its path names a request by its number.
    var namesRequest: Bool { template.contains("{requestId}") }

    /// Whether the body of such a call is read (REST §2.2).
    package func readsBody(_ method: HTTPRequest.Method) -> Bool {
        switch self {
        case .requests, .submitArguments, .executionStatus, .checkInCancelling, .schedulePreview, .workloadTest,
            .decision, .purgeRun, .subscribe:
            method == .post
        case .request: method == .patch
        case .schedule, .workloadBinding, .secret: method == .put
        case .metadata(let route): route.readsBody(method)
        default: false
        }
    }

    /// Whether a call that is no GET changes a request, and is recorded with it if it has a key: other answers are
    /// kept as they are.
    var isRecordedWithRequest: Bool {
        switch self {
        case .requests, .request, .action, .decision, .refresh, .subscribe, .executionStatus, .checkInCancelling,
            .scheduleControl:
            true
        default: false
        }
    }

    /// Path with names in place of values, for logs.
    package var template: String {
        switch self {
        case .root: LinkBuilder.apiPath
        case .requests: "\(LinkBuilder.apiPath)/requests"
        case .requestPage: "\(LinkBuilder.apiPath)/requests/search/{pageIndex}"
        case .applicationRequests: "\(LinkBuilder.apiPath)/query/{application}/requests"
        case .submitArguments: "\(LinkBuilder.apiPath)/requests/submitArgs"
        case .request: "\(LinkBuilder.apiPath)/requests/{requestId}"
        case .permissions: "\(LinkBuilder.apiPath)/requests/{requestId}/permissions"
        case .action(let operation): "\(LinkBuilder.apiPath)/requests/{requestId}/\(operation.rawValue)"
        case .decision(let name): "/api/v1/requests/{requestId}/\(name.rawValue)"
        case .diagnosis: "/api/v1/requests/{requestId}/diagnosis"
        case .refresh: "/api/v1/requests/{requestId}/refresh"
        case .subscribe: "\(LinkBuilder.apiPath)/requests/{requestId}/subscribe"
        case .deliveries: "/api/v1/requests/{requestId}/deliveries"
        case .redelivery: "/api/v1/requests/{requestId}/deliveries/{number}/redeliver"
        case .executionStatus: "\(LinkBuilder.apiPath)/requests/{requestId}/executionStatus"
        case .checkInCancelling: "\(LinkBuilder.apiPath)/requests/{requestId}/checkInCancelling"
        case .quiesceState: "\(LinkBuilder.apiPath)/server/quiesceState"
        case .schedule: "/api/v1/requests/{requestId}/schedule"
        case .scheduleControl(let control): "/api/v1/requests/{requestId}/schedule/\(control.rawValue)"
        case .schedulePreview: "/api/v1/schedules/preview"
        case .forecast: "/api/v1/forecast"
        case .workloadStatus: "/api/v1/workload/status"
        case .workloadTest: "/api/v1/workload/test"
        case .workloadBinding: "/api/v1/workload/bindings/{node}/{id}"
        case .log: "/api/v1/requests/{requestId}/log"
        case .outputs: "/api/v1/requests/{requestId}/outputs"
        case .output: "/api/v1/requests/{requestId}/outputs/{name}"
        case .nodes: "/api/v1/nodes"
        case .node: "/api/v1/nodes/{node}"
        case .nodeOperation(let operation): "/api/v1/nodes/{node}/\(operation.rawValue)"
        case .clusterOperation(let operation): "/api/v1/clusters/{name}/\(operation.rawValue)"
        case .nodeDuty(let duty, let isStopped):
            "/api/v1/nodes/{node}/\(duty.rawValue)/\(isStopped ? "stop" : "start")"
        case .purgeRun: "/api/v1/purge/run"
        case .purgeRuns: "/api/v1/purge/runs"
        case .secrets: "/api/v1/secrets"
        case .secret: "/api/v1/secrets/{name}"
        case .metadata(let route): "/api/v1/metadata/\(route.template)"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .errorIndex: "/errors"
        case .errorPage: "/errors/{code}"
        case .document(let document): "/api/v1/\(document.fileName)"
        case .docs: DocsPage.path
        case .docsFile: "\(DocsPage.path)/{file}"
        }
    }
}
