/// Rights on requests: twelve actions and four bundles of them (administration §5.2). The raw value is the full name.
package enum RequestAction: String, CaseIterable, Hashable, Sendable {
    case read = "ESS_REQUEST_READ"
    case update = "ESS_REQUEST_UPDATE"
    case hold = "ESS_REQUEST_HOLD"
    case release = "ESS_REQUEST_RELEASE"
    /// Without effect.
    case lock = "ESS_REQUEST_LOCK"
    /// Covers forceCancel.
    case cancel = "ESS_REQUEST_CANCEL"
    case delete = "ESS_REQUEST_DELETE"
    case purge = "ESS_REQUEST_PURGE"
    case outputRead = "ESS_REQUEST_OUTPUT_READ"
    case outputCreate = "ESS_REQUEST_OUTPUT_CREATE"
    case outputUpdate = "ESS_REQUEST_OUTPUT_UPDATE"
    case outputDelete = "ESS_REQUEST_OUTPUT_DELETE"
    case view = "ESS_REQUEST_VIEW"
    case operate = "ESS_REQUEST_OPERATE"
    case admin = "ESS_REQUEST_ADMIN"
    case outputAdmin = "ESS_REQUEST_OUTPUT_ADMIN"

    private static let legacy: [String: RequestAction] = ["read": .read, "update": .update, "delete": .delete]

    /// The action that a grant names: a full name, or one of the three legacy ones.
    package init?(spelling: String) {
        guard let action = RequestAction(rawValue: spelling) ?? Self.legacy[spelling] else { return nil }
        self = action
    }

    /// The actions it stands for: itself, or the members of the bundle.
    package var members: RequestActionSet {
        switch self {
        case .read, .view: .read
        case .update: .update
        case .hold: .hold
        case .release: .release
        case .lock: .lock
        case .cancel: .cancel
        case .delete: .delete
        case .purge: .purge
        case .outputRead: .outputRead
        case .outputCreate: .outputCreate
        case .outputUpdate: .outputUpdate
        case .outputDelete: .outputDelete
        case .operate: .operate
        case .admin: .admin
        case .outputAdmin: .output
        }
    }
}
