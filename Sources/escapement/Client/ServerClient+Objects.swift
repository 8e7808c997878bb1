import HTTPTypes
import SchedulerCore

/// Calls about stored objects, one by one (administration §3).
extension ServerClient {
    /// Objects of one page.
    private static let pageMax = 500

    /// The first objects that match, of as many pages as it takes.
    ///
    /// - Parameters:
    ///   - kind: of the objects.
    ///   - filter: nil = all.
    ///   - order: a field and a direction; nil = by id.
    ///   - limit: at most so many.
    /// - Returns: a list as the server answers it; with `nextCursor` where there are more.
    /// - Throws: `ClientFailure`.
    func objects(_ kind: MetadataKind, filter: String?, order: String?, limit: Int) async throws -> ReplyValue {
        var items: [ReplyValue] = []
        var cursor: String?
        repeat {
            var query = [("limit", String(min(limit - items.count, Self.pageMax)))]
            if let filter { query.append(("q", filter)) }
            if let order { query.append(("orderBy", order)) }
            if let cursor { query.append(("cursor", cursor)) }
            let page = try await json(.get, Self.path(of: kind), query: query)
            guard let found = page["items"]?.list else {
                throw ClientFailure(exit: .other, message: "the answer holds no list of objects")
            }
            items += found
            cursor = found.isEmpty ? nil : page["nextCursor"]?.text
        } while cursor != nil && items.count < limit
        var members: [String: ReplyValue] = ["count": .whole(Int64(items.count)), "items": .list(items)]
        members["nextCursor"] = cursor.map { .text($0) }
        return .object(members)
    }

    func object(_ id: MetadataObjectID, version: Int?) async throws -> ReplyValue {
        try await json(.get, Self.path(of: id), query: version.map { [("version", String($0))] } ?? [])
    }

    /// Versions, referrers and the like.
    func partOfObject(_ id: MetadataObjectID, _ name: String) async throws -> ReplyValue {
        try await json(.get, "\(Self.path(of: id))/\(name)")
    }

    func createObject(_ kind: MetadataKind, _ document: [UInt8]) async throws -> ReplyValue {
        try await json(.post, Self.path(of: kind), body: document)
    }

    /// Replaces an object.
    ///
    /// - Parameters:
    ///   - id: of the object.
    ///   - document: JSON.
    ///   - version: that it must be at; nil = any.
    /// - Returns: the object as it is then.
    /// - Throws: `ClientFailure`.
    func putObject(_ id: MetadataObjectID, _ document: [UInt8], version: Int?) async throws -> ReplyValue {
        try await json(.put, Self.path(of: id), fields: [Self.ifMatch(version)], body: document)
    }

    func copyObject(_ id: MetadataObjectID, to target: MetadataObjectID) async throws -> ReplyValue {
        var body: [String: ReplyValue] = ["name": .text(target.name)]
        if target.kind.hasPackage { body["package"] = .text(target.package) }
        return try await json(.post, "\(Self.path(of: id))/copy", body: try ReplyValue.object(body).json())
    }

    func deleteObject(_ id: MetadataObjectID, version: Int?, isForced: Bool) async throws {
        let query = isForced ? [("force", "true")] : []
        _ = try await call(.delete, Self.path(of: id), query: query, fields: [Self.ifMatch(version)])
    }

    /// Gives a property a value; nil = none any more.
    func customize(_ id: MetadataObjectID, _ property: String, _ value: String?) async throws {
        let path = "\(Self.path(of: id))/customizations/\(PercentEncoding.encoded(property))"
        if let value {
            _ = try await call(.put, path, body: try ReplyValue.object(["value": .text(value)]).json())
        } else {
            _ = try await call(.delete, path)
        }
    }

    private static func ifMatch(_ version: Int?) -> HTTPField {
        HTTPField(name: .ifMatch, value: version.map { "\"\($0)\"" } ?? "*")
    }

    private static func path(of kind: MetadataKind) -> String {
        switch kind {
        case .user: "/api/v1/users"
        case .role: "/api/v1/roles"
        case .grant: "/api/v1/grants"
        default: "/api/v1/metadata/\(kind.rawValue)"
        }
    }

    private static func path(of id: MetadataObjectID) -> String {
        let words = id.package.split(separator: "/").map(String.init) + [id.name]
        return path(of: id.kind) + words.map { "/" + PercentEncoding.encoded($0) }.joined()
    }
}
