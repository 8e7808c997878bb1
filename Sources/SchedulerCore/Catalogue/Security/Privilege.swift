/// Rights that concern no single object (administration §5.2, §5.3).
package enum Privilege: String, CaseIterable, Hashable, Sendable {
    /// Users, roles, grants, secrets, others' tokens.
    case security = "ESCAPEMENT_SECURITY"
    case work = "ESCAPEMENT_WORK"
    /// Save a job type or anything with code parameters.
    case code = "ESCAPEMENT_CODE"
    case purge = "ESCAPEMENT_PURGE"
    case audit = "ESCAPEMENT_AUDIT"
    /// Metrics, nodes, health, quiesce state.
    case monitor = "ESCAPEMENT_MONITOR"
    /// Properties, effective configuration.
    case config = "ESCAPEMENT_CONFIG"
    /// Requests of other enterprises.
    case exemptSaaSPolicy = "EXEMPT_SAAS_POLICY"
    /// All actions on all requests but those on output.
    case exemptRequestAdminPolicy = "EXEMPT_REQUEST_ADMIN_POLICY"
    /// All actions on all requests.
    case exemptRequestOutputPolicy = "EXEMPT_REQUEST_OUTPUT_POLICY"

    /// The seven of Escapement's own administration.
    package static let administration: Set<Privilege> = [.security, .work, .code, .purge, .audit, .monitor, .config]
}
