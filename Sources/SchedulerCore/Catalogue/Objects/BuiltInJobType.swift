/// The job types that exist without being written down: each is one way to execute (administration §1.1).
package enum BuiltInJobType: String, CaseIterable, Hashable, Sendable {
    case process
    case syncWebService
    case asyncWebService
    case onewayWebService
    case http
    case plsql
    case swift

    /// Nil unless the id is that of a built-in job type or one of its aliases.
    package init?(_ id: MetadataObjectID) {
        guard let type = Self.byID[id] else { return nil }
        self = type
    }

    package var id: MetadataObjectID {
        switch self {
        case .process: Self.oracle("ProcessJobType")
        case .syncWebService: Self.oracle("SyncWebserviceJobType")
        case .asyncWebService: Self.oracle("AsyncWebserviceJobType")
        case .onewayWebService: Self.oracle("OnewayWebserviceJobType")
        case .http: Self.own("HTTPJobType")
        case .plsql: Self.oracle("PlsqlJobType")
        case .swift: Self.own("SwiftJobType")
        }
    }

    /// Further ids under which the type is known.
    package var aliases: [MetadataObjectID] {
        guard self == .swift else { return [] }
        return [
            Self.oracle("JavaJobType"),
            MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/ext", name: "JavaJobType"),
        ]
    }

    /// What runs jobs of this type and of those that extend it.
    package var executor: ExecutorKind {
        switch self {
        case .process: .process
        case .syncWebService: .soapSynchronous
        case .asyncWebService: .soapAsynchronous
        case .onewayWebService: .soapOneway
        case .http: .http
        case .plsql: .sql
        case .swift: .swift
        }
    }

    package var executionType: ExecutionType { executor.executionType }

    /// Of each group a definition needs at least one parameter with a value: without them there is nothing to execute.
    package var neededParameters: [[String]] {
        switch self {
        case .process: [["SYS_cmdLine", "SYS_EXT_cmdLine.Unix", "SYS_EXT_executableName"]]
        case .syncWebService, .asyncWebService, .onewayWebService: [["SYS_EXT_wsWsdlBaseUrl", "SYS_EXT_wsWsdlUrl"]]
        case .http: [["SYS_EXT_httpUrl"]]
        case .plsql: [["SYS_procedureName", "SYS_EXT_sqlText"], ["SYS_EXT_dataSource"]]
        case .swift: [["SYS_className"]]
        }
    }

    package var jobType: JobType {
        JobType(id: id, executionType: executionType, extends: nil)
    }

    private static let byID: [MetadataObjectID: BuiltInJobType] = allCases.reduce(into: [:]) { ids, type in
        for id in [type.id] + type.aliases { ids[id] = type }
    }

    private static func oracle(_ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/core", name: name)
    }

    private static func own(_ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: .jobType, package: "/escapement/core", name: name)
    }
}
