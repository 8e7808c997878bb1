import Documents
import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Metadata as stored objects (administration §3).
struct MetadataHandler {
    let metadata: MetadataService

    func perform(_ route: MetadataRoute, _ call: Call) async throws -> Answer {
        let caller = try call.requireCaller()
        guard let path = call.path.metadata else { throw SchedulerError(5020, call.request.uri.path) }
        switch route {
        case .list where call.request.method == .post: return try await create(path, call, caller)
        case .list: return try await list(path, call, caller)
        case .object where call.request.method == .put: return try await put(path, call, caller)
        case .object where call.request.method == .delete: return try await delete(path, call, caller)
        case .object: return try await object(path, call, caller)
        case .copy: return try await copy(path, call, caller)
        case .versions:
            let versions = try await metadata.versions(path.objectID(), caller: caller)
            return call.answer(MetadataAnswers.versions(versions))
        case .referrers:
            return call.answer(MetadataAnswers.referrers(try await metadata.referrers(path.objectID(), caller: caller)))
        case .permissions:
            let actions = try await metadata.permissions(path.objectID(), caller: caller)
            return call.answer(MetadataAnswers.permissions(actions))
        case .customizations:
            let values = try await metadata.customizations(path.objectID(), caller: caller)
            return call.answer(MetadataAnswers.customizations(values))
        case .customization: return try await customize(path, call, caller)
        case .validate: return call.answer(MetadataAnswers.validation(try await metadata.validate(body(of: call))))
        case .plan: return call.answer(MetadataAnswers.plan(try await metadata.plan(body(of: call), caller: caller)))
        case .apply:
            let applied = try await metadata.apply(body(of: call), caller: caller, call: call.idempotent)
            return call.answer(MetadataAnswers.applied(applied))
        case .export: return try await export(call, caller)
        case .importXML: return try await importXML(call, caller)
        }
    }

    // MARK: - Reading

    private func list(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let kind = try path.objectKind()
        var listing = MetadataListing(limit: HTTPLimits.pageItems, cursor: call.query["cursor"])
        listing.filter = try call.query["q"].map { text throws(SchedulerError) in
            try FilterParser<MetadataField>.parse(text) { MetadataObjectID.canonicalText($0, default: $1) }
        }
        listing.order = try call.query["orderBy"].map { text throws(SchedulerError) in
            try SortOrder<MetadataField>(parsing: text)
        }
        if let limit = try call.query.integer("limit", in: HTTPLimits.limitRange) { listing.limit = Int(limit) }
        return call.answer(MetadataAnswers.list(try await metadata.list(kind, listing, caller: caller)))
    }

    private func object(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let version = try call.query.integer("version", in: 1...Int64(Int32.max)).map { Int($0) }
        let object = try await metadata.object(path.objectID(), version: version, caller: caller)
        let tag = EntityTag(version: object.version)
        if let known = call.request.headers[.ifNoneMatch], tag.isNamed(by: known) {
            return Answer(status: .notModified, fields: [.eTag: tag.text])
        }
        return answer(object, call)
    }

    /// Documents for people: YAML, one for each object, nothing of a secret.
    private func export(_ call: Call, _ caller: Caller) async throws -> Answer {
        let contents = try await metadata.export(package: Self.package(in: call.query), caller: caller)
        return Answer(contentType: "application/yaml; charset=utf-8", bytes: Array(DocumentWriter.yaml(contents).utf8))
    }

    // MARK: - Changing

    private func create(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let reading = DocumentReader.readObject(call.body, kind: try path.objectKind(), id: nil)
        return created(try await metadata.create(reading, caller: caller, call: call.idempotent), call)
    }

    private func put(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let id = try path.objectID()
        let reading = DocumentReader.readObject(call.body, kind: id.kind, id: id)
        let (object, isCreated) = try await metadata.put(id, reading, precondition(of: call), caller: caller)
        return isCreated ? created(object, call) : answer(object, call)
    }

    private func delete(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let isForced = try call.query.flag("force")
        try await metadata.delete(
            path.objectID(),
            precondition(of: call),
            isForced: isForced,
            caller: caller,
            call: call.idempotent
        )
        return Answer(status: .noContent)
    }

    private func copy(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let id = try path.objectID()
        let body = try CopyBody(json: call.body)
        let text = id.kind.hasPackage ? "\(body.package ?? id.package)/\(body.name)" : body.name
        let target = try MetadataObjectID(parsing: text, only: id.kind)
        return created(try await metadata.copy(id, to: target, caller: caller, call: call.idempotent), call)
    }

    /// Oracle's XML as documents, with a report of what became of each part (administration §3).
    private func importXML(_ call: Call, _ caller: Caller) async throws -> Answer {
        let options = OracleXMLOptions(
            source: try call.query.text("source", max: HTTPLimits.sourceNameMax) ?? "",
            package: try Self.package(in: call.query),
            application: try call.query.text("application", max: MetadataLimits.labelBytesMax),
            zone: try call.query.text("zone", max: MetadataLimits.idBytesMax).map { text throws(SchedulerError) in
                try ZoneRules(identifier: text).identifier
            }
        )
        let writes = try call.query.flag("apply")
        let imported = try await metadata.importing(
            call.body,
            options,
            writes: writes,
            caller: caller,
            call: call.idempotent
        )
        return call.answer(MetadataAnswers.imported(imported))
    }

    private func customize(_ path: MetadataPath, _ call: Call, _ caller: Caller) async throws -> Answer {
        let id = try path.objectID()
        guard call.request.method == .put else {
            try await metadata.customize(id, path.property, nil, caller: caller, call: call.idempotent)
            return Answer(status: .noContent)
        }
        let value = try CustomizationBody(json: call.body).value
        try await metadata.customize(id, path.property, value, caller: caller)
        return call.answer(MetadataAnswers.customization(path.property, value))
    }

    // MARK: - Parts

    /// - Throws: ESS-03002.
    private static func package(in query: QueryParameters) throws(SchedulerError) -> String? {
        guard let text = query["package"], !text.isEmpty else { return nil }
        guard let package = MetadataObjectID.package(parsing: text) else {
            throw SchedulerError(3002, String(text.prefix(HTTPLimits.quotedCharacters)))
        }
        return package
    }

    private func body(of call: Call) throws -> MetadataBody { try MetadataBody(json: call.body) }

    private func precondition(of call: Call) -> MetadataPrecondition {
        if let tags = call.request.headers[.ifMatch] { return EntityTag.precondition(ifMatch: tags) }
        return call.request.headers[.ifNoneMatch].map { $0.contains("*") } == true ? .absent : .none
    }

    private func answer(_ object: MetadataObject, _ call: Call) -> Answer {
        var answer = call.answer(DocumentWriter.answer(object))
        answer.fields[.eTag] = EntityTag(version: object.version).text
        return answer
    }

    private func created(_ object: MetadataObject, _ call: Call) -> Answer {
        var answer = answer(object, call)
        answer.status = .created
        answer.fields[.location] = "\(PublicURL.trimmed(call.publicURL))\(Self.path(of: object.id))"
        return answer
    }

    private static func path(of id: MetadataObjectID) -> String {
        switch id.kind {
        case .user: "/api/v1/users/\(id.name)"
        case .role: "/api/v1/roles/\(id.name)"
        case .grant: "/api/v1/grants/\(id.name)"
        default: "/api/v1/metadata/\(id.kind.rawValue)\(id.package)/\(id.name)"
        }
    }
}
