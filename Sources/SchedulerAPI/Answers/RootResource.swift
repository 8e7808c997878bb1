/// The root of the API: its one version and where everything is (REST §5.1).
package struct RootResource: Sendable {
    /// Relations of the version's links, in their order.
    private enum Relation: String, CaseIterable {
        case itself = "self"
        case requests
        case search
        case query
        case submit
        case submitArgs
        case quiesceState

        /// Path below the API's base, and whether it is a template.
        private var target: (path: String, isTemplate: Bool) {
            switch self {
            case .itself: ("", false)
            case .requests, .submit: ("/requests", false)
            case .search: ("/requests/search/{pageIndex}", true)
            case .query: ("/query/{application}/requests", true)
            case .submitArgs: ("/requests/submitArgs", false)
            case .quiesceState: ("/server/quiesceState", false)
            }
        }

        private var method: String { self == .submit || self == .submitArgs ? "POST" : "GET" }

        fileprivate func write(baseURL: String, to writer: inout JSONWriter) {
            let target = target
            writer.beginObject()
            writer.member("href", baseURL + target.path)
            writer.member("mediaType", MediaType.json.rawValue)
            writer.member("method", method)
            writer.member("rel", rawValue)
            writer.member("templated", target.isTemplate)
            writer.endObject()
        }
    }

    /// Names of all relations.
    static let relations: [String] = Relation.allCases.map(\.rawValue)

    package init() {}

    package func encoded(by links: LinkBuilder) -> [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        writer.beginObject()
        writer.name("links")
        writer.beginArray()
        for relation in Relation.allCases { relation.write(baseURL: links.baseURL, to: &writer) }
        writer.endArray()
        writer.member("version", "v1")
        writer.endObject()
        writer.endArray()
        writer.name("links")
        writer.beginArray()
        Relation.itself.write(baseURL: links.baseURL, to: &writer)
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
