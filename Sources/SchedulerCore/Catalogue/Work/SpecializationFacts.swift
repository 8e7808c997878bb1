/// What a specialization looks at in a request; nil = the request has none.
package struct SpecializationFacts: Hashable, Sendable {
    package var application: String?
    /// The definition or set that was submitted, of a step the one of the step.
    package var definition: MetadataObjectID
    package var enterpriseID: Int64
    package var logicalClusterName: String?
    package var product: String?
    package var requestCategory: String?
    /// Whom the request runs as.
    package var userName: String

    package init(
        application: String? = nil,
        definition: MetadataObjectID,
        enterpriseID: Int64 = User.defaultEnterpriseID,
        logicalClusterName: String? = nil,
        product: String? = nil,
        requestCategory: String? = nil,
        userName: String
    ) {
        self.application = application
        self.definition = definition
        self.enterpriseID = enterpriseID
        self.logicalClusterName = logicalClusterName
        self.product = product
        self.requestCategory = requestCategory
        self.userName = userName
    }

    /// Those of a request.
    package init(_ facts: RequestFacts) {
        self.init(
            application: facts.application,
            definition: facts.definitionID,
            enterpriseID: facts.enterpriseID,
            logicalClusterName: facts.logicalCluster,
            product: facts.product,
            requestCategory: facts.requestCategory,
            userName: facts.runAsUser
        )
    }

    package subscript(field: SpecializationField) -> FilterValue? {
        switch field {
        case .application: application.map { .text($0) }
        case .definition: .text(definition.description)
        case .enterpriseID: .integer(enterpriseID)
        case .logicalClusterName: logicalClusterName.map { .text($0) }
        case .product: product.map { .text($0) }
        case .requestCategory: requestCategory.map { .text($0) }
        case .userName: .text(userName)
        }
    }
}
