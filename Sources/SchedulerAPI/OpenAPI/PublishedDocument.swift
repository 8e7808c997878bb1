/// The OpenAPI documents that this server gives to whoever is signed in (administration §6.4).
package enum PublishedDocument: String, CaseIterable, Sendable {
    case ess
    case administration

    /// The query parameter of the page that chooses one by its raw value.
    package static let parameter = "document"

    /// What the page calls it.
    var name: String {
        switch self {
        case .ess: "Oracle Enterprise Scheduler"
        case .administration: "Administration"
        }
    }

    /// The last segment of its path.
    package var fileName: String {
        switch self {
        case .ess: "openapi-ess.json"
        case .administration: "openapi.json"
        }
    }

    /// - Parameter profile: the server's.
    /// - Returns: the document, the same at each call.
    package func document(in profile: CompatibilityProfile) -> APIDocument {
        switch self {
        case .ess: ESSDocument.document(in: profile)
        case .administration: AdministrationDocument.document(in: profile)
        }
    }
}
