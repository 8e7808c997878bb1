package import SchedulerCore

/// Who is asked about: a request that exists, or what assignments look at (administration §4).
package enum WorkloadQuestion: Sendable {
    case request(RequestID)
    case facts(Facts)

    package struct Facts: Sendable {
        /// A definition or set.
        package var jobDefinitionId: String
        package var application: String?
        package var product: String?
        package var requestCategory: String?
        package var logicalClusterName: String?
        package var enterpriseId: Int64?
        /// Whom it runs as; nil = the caller.
        package var userName: String?

        package init(jobDefinitionId: String) { self.jobDefinitionId = jobDefinitionId }
    }

    func document(at instant: String?) -> DocumentValue {
        switch self {
        case .request(let id): .members(["requestId": .number(id.value), "at": DocumentValue(instant)])
        case .facts(let facts):
            .members([
                "jobDefinitionId": .text(facts.jobDefinitionId),
                "application": DocumentValue(facts.application),
                "product": DocumentValue(facts.product),
                "requestCategory": DocumentValue(facts.requestCategory),
                "logicalClusterName": DocumentValue(facts.logicalClusterName),
                "enterpriseId": DocumentValue(facts.enterpriseId),
                "userName": DocumentValue(facts.userName),
                "at": DocumentValue(instant),
            ])
        }
    }
}
