/// The two media types of the API (REST §2.2).
package enum MediaType: String, CaseIterable, Hashable, Sendable {
    case json = "application/json"
    /// Oracle's type for resources.
    case resource = "application/vnd.oracle.resource+json"

    /// `Content-Type` of an answer.
    package func contentType(of representation: Representation) -> String {
        switch (self, representation) {
        case (.json, .object): rawValue
        case (.json, _): rawValue + ";charset=utf-8"
        case (.resource, .object), (.resource, .report): rawValue
        case (.resource, .singular): rawValue + ";type=singular"
        case (.resource, .collection): rawValue + ";type=collection"
        }
    }

    /// `Content-Type` of an error.
    package var errorContentType: String { contentType(of: .object) }
}

/// What kind of thing an answer shows, which decides on the parameters of its media type (REST §2.2).
package enum Representation: CaseIterable, Hashable, Sendable {
    /// Operations 1, 5, 6, 8 to 15, 17 and errors.
    case object
    /// Operation 7: one request.
    case singular
    /// Operations 2, 3, 4: a query.
    case collection
    /// Operations 16, 18, 19: permissions, check-in, quiesce state.
    case report
}
