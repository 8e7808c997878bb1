import SchedulerCore

/// How a definition's root type and parameters make it execute.
struct ExecutionWay {
    let executor: ExecutorKind
    /// Nil where only the executable itself knows.
    let isAsynchronous: Bool?
    let hasCancelCall: Bool

    init(_ root: BuiltInJobType, _ parameters: ParameterTable) {
        switch root {
        case .process:
            executor = .process
            isAsynchronous = false
        case .http:
            executor = .http
            isAsynchronous = parameters["SYS_EXT_httpMode"]?.value == "async"
        case .syncWebService:
            executor = .soapSynchronous
            isAsynchronous = false
        case .asyncWebService:
            executor = .soapAsynchronous
            isAsynchronous = true
        case .onewayWebService:
            executor = .soapOneway
            isAsynchronous = false
        case .plsql:
            executor = .sql
            isAsynchronous = false
        case .swift:
            executor = .swift
            isAsynchronous = nil
        }
        switch executor {
        case .swift: hasCancelCall = true
        case .process, .sql: hasCancelCall = false
        case .http, .soapSynchronous, .soapAsynchronous, .soapOneway:
            hasCancelCall = ["SYS_EXT_httpCancelUrl", "SYS_EXT_cancelMessage"].contains {
                parameters[$0]?.value?.isEmpty == false
            }
        }
    }
}
