/// What the filter of a work assignment may name (administration §1.4). Raw values are the names in documents.
///
/// Priority, job type and execution type are not among them.
package enum SpecializationField: String, FilterField {
    case application = "APPLICATION"
    case definition = "DEFINITION"
    case enterpriseID = "ENTERPRISE_ID"
    case logicalClusterName = "LOGICAL_CLUSTER_NAME"
    case product = "PRODUCT"
    case requestCategory = "REQUEST_CATEGORY"
    case userName = "USER_NAME"

    package static let hasPresence = false

    package var type: FilterFieldType {
        switch self {
        case .enterpriseID: .int64
        case .definition: .metadataID(.jobDefinition)
        case .application, .logicalClusterName, .product, .requestCategory, .userName: .string
        }
    }

    package var operators: Set<FilterOperator> { type.operators.intersection(Self.known) }

    private static let known: Set<FilterOperator> = [.equal, .notEqual, .contains, .startsWith, .endsWith]
}
