/// Whose answers ours resemble where Oracle's documents and servers differ, configuration `compatibility`.
package enum CompatibilityProfile: String, CaseIterable, Hashable, Sendable {
    /// What the documents say.
    case documented
    /// What Fusion servers send.
    case fusion

    /// Member `requestMode` of a request (REST §3.5).
    package var requestMode: String {
        switch self {
        case .documented: "Escapement"
        case .fusion: "Fusion"
        }
    }
}
