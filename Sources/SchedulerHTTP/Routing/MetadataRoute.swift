import HTTPTypes
import SchedulerCore

/// The paths about metadata objects (administration §3).
package enum MetadataRoute: Hashable, Sendable {
    case list
    case object
    case copy
    case versions
    case referrers
    case permissions
    case customizations
    case customization
    case validate
    case plan
    case apply
    case export
    case importXML

    /// The methods that it takes, as `Allow` lists them.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .list: [.get, .head, .post]
        case .object: [.get, .head, .put, .delete]
        case .versions, .referrers, .permissions, .customizations, .export: [.get, .head]
        case .customization: [.put, .delete]
        case .copy, .validate, .plan, .apply, .importXML: [.post]
        }
    }

    func readsBody(_ method: HTTPRequest.Method) -> Bool { method == .post || method == .put }

    /// Whether the body may be as large as documents may be.
    var takesDocuments: Bool {
        switch self {
        case .validate, .plan, .apply, .importXML: true
        default: false
        }
    }

    /// Path below `/metadata` with names in place of values, for logs.
    var template: String {
        switch self {
        case .list: "{kind}"
        case .object: "{kind}/{id}"
        case .copy: "{kind}/{id}/copy"
        case .versions: "{kind}/{id}/versions"
        case .referrers: "{kind}/{id}/referrers"
        case .permissions: "{kind}/{id}/permissions"
        case .customizations: "{kind}/{id}/customizations"
        case .customization: "{kind}/{id}/customizations/{property}"
        case .validate: "validate"
        case .plan: "plan"
        case .apply: "apply"
        case .export: "export"
        case .importXML: "import"
        }
    }
}

/// A path about metadata objects, taken apart. Slashes may be repeated in it, as in ids (administration §1.2).
struct MetadataPath: Sendable {
    let route: MetadataRoute
    /// As it is spelt; empty where the path is about documents.
    private let kind: String
    /// Package and name of an object.
    private let words: [String]
    /// Of a customisation.
    let property: String

    private static let calls: [String: MetadataRoute] = [
        "validate": .validate, "plan": .plan, "apply": .apply, "export": .export, "import": .importXML,
    ]
    private static let parts: [String: MetadataRoute] = [
        "copy": .copy, "versions": .versions, "referrers": .referrers, "permissions": .permissions,
        "customizations": .customizations,
    ]

    /// Nil for a path that names nothing here.
    init?(_ segments: some Collection<String>) {
        var words = segments.filter { !$0.isEmpty }
        guard let first = words.first else { return nil }
        words.removeFirst()
        let kind: String
        switch first {
        case "users": kind = MetadataKind.user.rawValue
        case "roles": kind = MetadataKind.role.rawValue
        case "grants": kind = MetadataKind.grant.rawValue
        default:
            guard let second = words.first else { return nil }
            words.removeFirst()
            if words.isEmpty, let call = Self.calls[second] {
                self.init(call, "", [], property: "")
                return
            }
            kind = second
        }
        var property = ""
        var route = words.isEmpty ? MetadataRoute.list : .object
        if words.count > 1, let part = Self.parts[words[words.count - 1]] {
            route = part
            words.removeLast()
        } else if words.count > 2, words[words.count - 2] == "customizations" {
            route = .customization
            property = words[words.count - 1]
            words.removeLast(2)
        }
        self.init(route, kind, words, property: property)
    }

    private init(_ route: MetadataRoute, _ kind: String, _ words: [String], property: String) {
        self.route = route
        self.kind = kind
        self.words = words
        self.property = property
    }

    /// - Throws: ESS-03003 for a word that is no kind.
    func objectKind() throws(SchedulerError) -> MetadataKind {
        guard let kind = MetadataKind(spelling: kind) else {
            throw SchedulerError(3003, String(kind.prefix(HTTPLimits.quotedCharacters)))
        }
        return kind
    }

    /// - Throws: ESS-03003, ESS-03002.
    func objectID() throws(SchedulerError) -> MetadataObjectID {
        try MetadataObjectID(parsing: "/" + words.joined(separator: "/"), only: objectKind())
    }
}

extension RequestPath {
    /// The path below `/api/v1` as one about metadata; nil where it is none.
    var metadata: MetadataPath? { MetadataPath(segments.dropFirst(2).map { $0 ?? "" }) }
}
