/// Which executor runs a request: the built-in job type at the root of its definition's type (administration §1.1).
package enum ExecutorKind: String, CaseIterable, Hashable, Sendable {
    case process
    case http
    case soapSynchronous
    case soapAsynchronous
    case soapOneway
    case sql
    case swift

    /// What the wire calls it; everything that is neither a process nor SQL is a Java type there (REST §4.2).
    package var executionType: ExecutionType {
        switch self {
        case .process: .process
        case .sql: .sql
        case .http, .soapSynchronous, .soapAsynchronous, .soapOneway, .swift: .java
        }
    }
}
