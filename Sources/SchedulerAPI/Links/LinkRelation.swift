/// Relations of the links of a request (REST §2.4).
package enum LinkRelation: String, CaseIterable, Hashable, Sendable {
    case itself = "self"
    case parentRequest
    case absParentRequest
    case instanceParent
    case cancel
    case forceCancel
    case hold
    case release
    case subscribe
    case permissions
    case executionStatus

    /// Path of the operation below the request; nil for links to requests themselves.
    var operation: String? {
        switch self {
        case .itself, .parentRequest, .absParentRequest, .instanceParent: nil
        default: rawValue
        }
    }

    /// The `rel` as the profile spells it.
    package func name(in profile: CompatibilityProfile) -> String {
        switch profile {
        case .documented: rawValue
        case .fusion: rawValue.uppercased()
        }
    }

    /// The order in which the profile lists the links of a request.
    static func order(in profile: CompatibilityProfile) -> [LinkRelation] {
        switch profile {
        case .documented: allCases
        case .fusion:
            [
                .itself, .cancel, .hold, .release, .absParentRequest, .parentRequest, .instanceParent, .forceCancel,
                .permissions, .subscribe, .executionStatus,
            ]
        }
    }

    /// The relations of an action answer in the documented profile (REST §6).
    static let documentedActionAnswer: Set<LinkRelation> = [
        .itself, .cancel, .forceCancel, .hold, .release, .subscribe, .permissions, .executionStatus,
    ]
}
