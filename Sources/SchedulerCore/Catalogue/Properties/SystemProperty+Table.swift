extension SystemProperty {
    /// The table of runtime §4, in its order.
    package static let all: [SystemProperty] =
        control + facts + labels + callouts + process + sql + webService + http + limitsAndRetries + ignored

    /// Most minutes of a time that is counted in them: a hundred years.
    private static let minutes = PropertyRule.integer(0...52_560_000)
    /// Most seconds of a time that is counted in them: a hundred years.
    private static let seconds = PropertyRule.integer(0...3_153_600_000)
    private static let retryCount = PropertyRule.integer(0...Int64(Int32.max))

    private static let control: [SystemProperty] = [
        .init("SYS_priority", .metadataAndSubmission, type: .integer, rule: .integer(0...9), default: "4"),
        .init("SYS_retries", .metadataAndSubmission, type: .integer, rule: retryCount, default: "0"),
        .init("SYS_requestExpiration", .metadataAndSubmission, type: .long, rule: minutes, default: "0"),
        .init("SYS_request_timeout", .metadataAndSubmission, type: .long, rule: minutes),
        .init("SYS_executePast", .metadataAndSubmission, type: .boolean, rule: .boolean, default: "true"),
        .init("SYS_allowMultPending", .metadata, type: .boolean, rule: .boolean, default: "true"),
        .init("SYS_selectState", .step, type: .boolean, rule: .boolean),
    ]

    private static let facts: [SystemProperty] = [
        .init("SYS_application", .server),
        .init("SYS_submittingApplication", .server),
        .init("SYS_userName", .server),
        .init("SYS_externalId", .server),
        .init("CANCEL_UPDATE_TIME", .server, type: .dateTime),
    ]

    private static let labels: [SystemProperty] = [
        .init("SYS_effectiveApplication", .metadata, default: "Unassigned"),
        .init("SYS_product", .metadataAndSubmission),
        .init("SYS_requestCategory", .metadataAndSubmission),
        .init("SYS_externalJobType", .metadata),
        .init("SYS_logicalClusterName", .metadata),
        .init("SYS_requestedProcessor", .submission),
        .init("SYS_EXT_requestLogLevel", .metadataAndSubmission, default: "INFO"),
    ]

    private static let callouts: [SystemProperty] = [
        .init("SYS_runasApplicationID", .metadata, isCode: true),
        .init("SYS_className", .metadata, isCode: true),
        .init("SYS_preProcess", .metadata, isCode: true),
        .init("SYS_postProcess", .metadata, isCode: true),
        .init("SYS_listener", .metadata, isCode: true),
        .init("SYS_reprocessDelay", .metadataAndSubmission, type: .integer, rule: minutes, default: "5"),
    ]

    private static let process: [SystemProperty] = [
        .init("SYS_cmdLine", .metadata, isCode: true),
        .init("SYS_EXT_cmdLine.Unix", .metadata, isCode: true),
        .init("SYS_EXT_executableDir.Unix", .metadata, isCode: true),
        .init("SYS_EXT_executableName", .metadata, isCode: true),
        .init("SYS_EXT_executableSuffix.Unix", .metadata, default: ".sh", isCode: true),
        .init("SYS_environmentVariables", .metadata, rule: .environment, isCode: true),
        .init("SYS_workDirRoot", .metadata, isCode: true),
        .init("SYS_redirectedOutputFile", .metadata, isCode: true),
        .init("SYS_EXT_shell", .metadata, type: .boolean, rule: .boolean, default: "false", isCode: true),
        .init("SYS_EXT_osUser", .metadata, isCode: true),
        .init("SYS_EXT_limits", .metadata, rule: .processLimits, isCode: true),
        .init("SYS_successExitCode", .metadataAndSubmission, rule: .exitCodes, default: "0"),
        .init("SYS_warningExitCode", .metadataAndSubmission, rule: .exitCodes, default: "3"),
        .init("SYS_bizErrorExitCode", .metadataAndSubmission, rule: .exitCodes, default: "4"),
        .init("SYS_cancelExitCode", .metadataAndSubmission, rule: .exitCodes),
        .init("SYS_EXT_pauseExitCode", .metadata, rule: .exitCodes),
    ]

    private static let sql: [SystemProperty] = [
        .init("SYS_procedureName", .metadata, isCode: true),
        .init("SYS_EXT_sqlText", .metadata, isCode: true),
        .init("SYS_EXT_dataSource", .metadata, isCode: true),
    ]

    private static let webService: [SystemProperty] = [
        .init("SYS_EXT_wsWsdlBaseUrl", .metadata, isCode: true),
        .init("SYS_EXT_wsWsdlUrl", .metadata, isCode: true),
        .init("SYS_EXT_wsServiceName", .metadata, isCode: true),
        .init("SYS_EXT_wsPortName", .metadata, isCode: true),
        .init("SYS_EXT_wsOperationName", .metadata, isCode: true),
        .init("SYS_EXT_invokeMessage", .metadataAndSubmission),
        .init("SYS_EXT_soapAction", .metadata, default: ""),
        .init("SYS_EXT_cancelMessage", .metadata),
    ]

    private static let http: [SystemProperty] = [
        .init("SYS_EXT_httpUrl", .metadata, isCode: true),
        .init("SYS_EXT_httpMethod", .metadata, rule: .choice(httpMethods), default: "POST", isCode: true),
        .init(
            "SYS_EXT_httpMode",
            .metadata,
            rule: .choice(["sync", "async", "oneway"]),
            default: "sync",
            isCode: true
        ),
        .init("SYS_EXT_httpHeaders", .metadata, isCode: true),
        .init("SYS_EXT_httpCancelUrl", .metadata, isCode: true),
        .init("SYS_EXT_httpTimeout", .metadata, type: .long, rule: seconds),
        .init("SYS_EXT_httpBody", .metadataAndSubmission),
    ]

    private static let httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    private static let limitsAndRetries: [SystemProperty] = [
        .init("SYS_EXT_maxConcurrent", .metadata, type: .integer, rule: .integer(0...1_000_000), default: "0"),
        .init("SYS_EXT_retryDelay", .metadataAndSubmission, type: .long, rule: seconds, default: "0"),
        .init("SYS_EXT_retryFactor", .metadataAndSubmission, rule: .decimal(1...1000), default: "1"),
        .init("SYS_EXT_retryMaxDelay", .metadataAndSubmission, type: .long, rule: seconds, default: "3600"),
        .init("SYS_EXT_retryJitter", .metadataAndSubmission, rule: .decimal(0...10), default: "0"),
        .init(
            "SYS_EXT_timeoutAction",
            .metadataAndSubmission,
            rule: .choice(ExecutionPolicy.TimeoutAction.allCases.map(\.rawValue)),
            default: ExecutionPolicy.TimeoutAction.mark.rawValue
        ),
        .init(
            "SYS_EXT_nodeLost",
            .metadataAndSubmission,
            rule: .choice(ExecutionPolicy.NodeLostAction.allCases.map(\.rawValue)),
            default: ExecutionPolicy.NodeLostAction.retry.rawValue
        ),
        .init("SYS_EXT_cancelGrace", .metadata, type: .long, rule: seconds),
        .init("SYS_EXT_cancelEndAfter", .metadata, type: .long, rule: seconds),
        .init("SYS_EXT_handleIsCredential", .metadata, type: .boolean, rule: .boolean, default: "true"),
    ]

    private static let ignored: [SystemProperty] = [
        "SYS_EXT_cmdLine.Windows", "SYS_EXT_executableDir.Windows", "SYS_EXT_executableSuffix.Windows",
        "SYS_inputList", "SYS_outputList", "SYS_sqlJobClass", "SYS_EXT_ejbOperationName", "EssJndiProviderUrl",
        "SYS_EXT_essJndiCsfKey", "SYS_EXT_essRuntimeJndiMappedName", "SYS_EXT_essMetadataJndiMappedName",
        "SYS_EXT_essAsyncRequestJndiMappedName", "SYS_EXT_executeAutoExport", "SYS_EXT_supportOutputFiles",
        "SYS_EXT_fusionJob", "SYS_processGroup", "SYS_locale",
    ].map { SystemProperty($0, .metadataAndSubmission, isIgnored: true) }
}
