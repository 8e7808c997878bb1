import HTTPTypes

/// Calls about metadata documents (administration §3).
extension ServerClient {
    /// What is done with documents.
    enum DocumentCall: String, Sendable {
        case validate
        case plan
        case apply
    }

    /// Sends documents.
    ///
    /// - Parameters:
    ///   - call: what to do with them.
    ///   - sources: texts of documents.
    ///   - prune: package below which what no document names is deleted; nil = nothing is.
    ///   - baseVersions: of a plan; nil = whatever is stored.
    ///   - comment: kept with new versions.
    /// - Returns: the answer as it came.
    /// - Throws: `ClientFailure`.
    func documents(
        _ call: DocumentCall,
        _ sources: [DocumentSource],
        prune: String?,
        baseVersions: ReplyValue? = nil,
        comment: String? = nil
    ) async throws -> ReplyValue {
        let documents = sources.map { source in
            ReplyValue.object([
                "file": .text(source.file), "text": .text(String(decoding: source.bytes, as: UTF8.self)),
            ])
        }
        var body: [String: ReplyValue] = ["documents": .list(documents)]
        body["prune"] = prune.map { .text($0) }
        body["baseVersions"] = baseVersions
        body["comment"] = comment.map { .text($0) }
        return try await json(.post, "/api/v1/metadata/\(call.rawValue)", body: try ReplyValue.object(body).json())
    }

    /// Sends a file of Oracle's XML.
    ///
    /// - Parameters:
    ///   - source: the file.
    ///   - options: names and values of the query: what the file does not say itself.
    ///   - applies: whether what it holds is stored.
    /// - Returns: the answer as it came.
    /// - Throws: `ClientFailure`.
    func importXML(
        _ source: DocumentSource,
        _ options: [(String, String)],
        applies: Bool
    ) async throws -> ReplyValue {
        try await json(
            .post,
            "/api/v1/metadata/import",
            query: options + [("source", source.file), ("apply", String(applies))],
            fields: [HTTPField(name: .contentType, value: "application/xml")],
            body: source.bytes
        )
    }

    /// The documents of a package and those below it as YAML; nil = of all packages.
    func exportMetadata(package: String?) async throws -> [UInt8] {
        let query = package.map { [("package", $0)] } ?? []
        return try await call(.get, "/api/v1/metadata/export", query: query).body
    }
}
