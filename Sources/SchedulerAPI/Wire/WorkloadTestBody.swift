package import SchedulerCore

/// Body of a test of work assignments: a request that exists, or what assignments look at (administration §4).
package struct WorkloadTestBody: Hashable, Sendable {
    package var requestID: RequestID?
    /// Nil beside a request.
    package var facts: SpecializationFacts?
    /// Nil = now.
    package var instant: Timestamp?

    /// - Parameters:
    ///   - json: the body.
    ///   - userName: whom the request runs as where the body does not say.
    /// - Throws: the codes of decoding; ESS-05003 without request and definition; ESS-03002, 03003 for an id that is
    ///   none.
    package init(json: [UInt8], userName: String) throws(SchedulerError) {
        let body = try JSONReader.read(json)
        try body.requireObject()
        instant = try body.dateTimeMember("at")?.instant
        requestID = try body.integerMember("requestId", in: 1...Int64.max).map { RequestID($0) }
        guard requestID == nil else { return }
        let definition = try body.required("jobDefinitionId").requireString()
        facts = SpecializationFacts(
            application: try body.stringMember("application"),
            definition: try MetadataObjectID(parsing: definition, default: .jobDefinition),
            enterpriseID: try body.integerMember("enterpriseId", in: 0...Int64.max) ?? User.defaultEnterpriseID,
            logicalClusterName: try body.stringMember("logicalClusterName"),
            product: try body.stringMember("product"),
            requestCategory: try body.stringMember("requestCategory"),
            userName: try body.stringMember("userName") ?? userName
        )
    }
}
