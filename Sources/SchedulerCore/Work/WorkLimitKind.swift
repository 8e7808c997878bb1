/// What a workshift can limit in the whole cluster beside threads (administration §1.1, §4).
package enum WorkLimitKind: String, CaseIterable, Hashable, Sendable {
    /// `asyncJavaLimit`: asynchronous web-service, HTTP and Swift jobs.
    case asyncJava = "ASYNC_JAVA"
    /// `plsqlLimit`: PL/SQL jobs.
    case plsql = "PLSQL"

    /// The limit under which a request falls; nil for none.
    ///
    /// Whether a Swift job is asynchronous is known only when it runs: it counts until it has ended.
    package init?(_ facts: RequestFacts) {
        switch facts.executor {
        case .sql: self = .plsql
        case .swift where facts.isAsynchronous != false: self = .asyncJava
        case .http, .soapSynchronous, .soapAsynchronous, .soapOneway:
            guard facts.isAsynchronous == true else { return nil }
            self = .asyncJava
        case .swift, .process, nil: return nil
        }
    }
}
