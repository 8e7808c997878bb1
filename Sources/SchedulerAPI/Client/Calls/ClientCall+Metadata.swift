import HTTPTypes
package import SchedulerCore

// What our own API says of metadata (administration §3).

/// Which version of an object a change is meant for (RFC 9110 §13.1).
package enum ObjectPrecondition: Sendable, Equatable {
    /// Whichever is there.
    case any
    case version(Int)
    /// None is there yet.
    case absent

    fileprivate var fields: HTTPFields {
        switch self {
        case .any: [.ifMatch: "*"]
        case .version(let version): [.ifMatch: "\"\(version)\""]
        case .absent: [.ifNoneMatch: "*"]
        }
    }
}

// MARK: - Objects

extension ClientCall where Answer == ItemsView<ObjectView> {
    /// A page of the objects of a kind.
    ///
    /// - Parameters:
    ///   - kind: of them.
    ///   - filter: nil = all.
    ///   - orderBy: a field of filters, perhaps with `:asc` or `:desc`; nil = by id.
    ///   - limit: 1 to 500.
    ///   - cursor: where the page before ended.
    /// - Returns: the call.
    package static func objects(
        _ kind: MetadataKind,
        filter: String? = nil,
        orderBy: String? = nil,
        limit: Int? = nil,
        cursor: String? = nil
    ) -> ClientCall {
        ClientCall(
            "listObjects",
            .get,
            ClientPath.objects(kind),
            query: [
                ("limit", limit.map { String($0) }), ("q", filter), ("orderBy", orderBy), ("cursor", cursor),
            ]
        )
    }
}

extension ClientCall where Answer == ObjectView {
    /// The newest version, or one of the last fifty.
    package static func object(_ id: MetadataObjectID, version: Int? = nil) -> ClientCall {
        ClientCall("getObject", .get, ClientPath.object(id), query: [("version", version.map { String($0) })])
    }

    /// - Parameters:
    ///   - kind: of the object.
    ///   - document: JSON.
    /// - Returns: the call.
    package static func createObject(_ kind: MetadataKind, _ document: [UInt8]) -> ClientCall {
        ClientCall("createObject", .post, ClientPath.objects(kind), body: document)
    }

    /// - Parameters:
    ///   - id: of the object.
    ///   - document: JSON.
    ///   - precondition: of its version.
    /// - Returns: the call.
    package static func putObject(
        _ id: MetadataObjectID,
        _ document: [UInt8],
        _ precondition: ObjectPrecondition
    ) -> ClientCall {
        ClientCall("putObject", .put, ClientPath.object(id), fields: precondition.fields, body: document)
    }

    package static func copyObject(_ id: MetadataObjectID, to target: MetadataObjectID) -> ClientCall {
        let body: DocumentValue = .members([
            "name": .text(target.name), "package": target.kind.hasPackage ? .text(target.package) : nil,
        ])
        return ClientCall("copyObject", .post, ClientPath.object(id, "/copy"), body: body.encoded)
    }
}

extension ClientCall where Answer == Void {
    /// - Parameters:
    ///   - id: of the object.
    ///   - precondition: of its version.
    ///   - isForced: whether requests that use it do not stand in the way.
    /// - Returns: the call.
    package static func deleteObject(
        _ id: MetadataObjectID,
        _ precondition: ObjectPrecondition,
        isForced: Bool = false
    ) -> ClientCall {
        ClientCall(
            "deleteObject",
            .delete,
            ClientPath.object(id),
            query: [("force", isForced ? "true" : nil)],
            fields: precondition.fields
        )
    }

    /// The document's value counts again.
    package static func uncustomizeObject(_ id: MetadataObjectID, _ property: String) -> ClientCall {
        ClientCall("uncustomizeObject", .delete, ClientPath.customization(id, property))
    }
}

extension ClientCall where Answer == ItemsView<ObjectVersionView> {
    package static func versions(of id: MetadataObjectID) -> ClientCall {
        ClientCall("listVersions", .get, ClientPath.object(id, "/versions"))
    }
}

extension ClientCall where Answer == ItemsView<ReferrerView> {
    package static func referrers(of id: MetadataObjectID) -> ClientCall {
        ClientCall("listReferrers", .get, ClientPath.object(id, "/referrers"))
    }
}

extension ClientCall where Answer == ObjectPermissionsView {
    package static func permissions(on id: MetadataObjectID) -> ClientCall {
        ClientCall("getObjectPermissions", .get, ClientPath.object(id, "/permissions"))
    }
}

extension ClientCall where Answer == ItemsView<CustomizationView> {
    package static func customizations(of id: MetadataObjectID) -> ClientCall {
        ClientCall("listCustomizations", .get, ClientPath.object(id, "/customizations"))
    }
}

extension ClientCall where Answer == CustomizationView {
    package static func customizeObject(_ id: MetadataObjectID, _ property: String, _ value: String) -> ClientCall {
        let body: DocumentValue = ["value": .text(value)]
        return ClientCall("customizeObject", .put, ClientPath.customization(id, property), body: body.encoded)
    }
}

// MARK: - Documents

extension ClientCall where Answer == ValidationView {
    package static func validate(_ texts: DocumentTexts) -> ClientCall { documents("validate", texts) }
}

extension ClientCall where Answer == PlanView {
    package static func plan(_ texts: DocumentTexts) -> ClientCall { documents("plan", texts) }

    /// All of it or nothing.
    package static func apply(_ texts: DocumentTexts) -> ClientCall { documents("apply", texts) }
}

extension ClientCall where Answer: AnswerView {
    fileprivate static func documents(_ name: String, _ texts: DocumentTexts) -> ClientCall {
        ClientCall(
            "\(name)Documents",
            .post,
            "\(ClientPath.administration)/metadata/\(name)",
            body: texts.document.encoded
        )
    }
}

extension ClientCall where Answer == [UInt8] {
    /// Documents as YAML, of a package and those below it; nil = of all packages.
    package static func export(package: String? = nil) -> ClientCall {
        ClientCall(
            "exportDocuments",
            "\(ClientPath.administration)/metadata/export",
            query: [("package", package)],
            type: "application/yaml"
        )
    }
}

extension ClientCall where Answer == ImportView {
    /// What becomes of Oracle's XML.
    ///
    /// - Parameters:
    ///   - xml: a file of it.
    ///   - source: its name, for the report.
    ///   - standards: what the file does not say itself.
    ///   - applies: whether it is stored.
    /// - Returns: the call.
    package static func importXML(
        _ xml: [UInt8],
        source: String,
        _ standards: ImportStandards = ImportStandards(),
        applies: Bool = false
    ) -> ClientCall {
        ClientCall(
            "importXML",
            .post,
            "\(ClientPath.administration)/metadata/import",
            query: [
                ("package", standards.package), ("application", standards.application), ("zone", standards.zone),
                ("source", source), ("apply", String(applies)),
            ],
            fields: [.contentType: "application/xml"],
            body: xml
        )
    }
}

/// What objects of Oracle's XML get that they do not say themselves.
package struct ImportStandards: Sendable {
    package var package: String?
    package var application: String?
    /// IANA id.
    package var zone: String?

    package init(package: String? = nil, application: String? = nil, zone: String? = nil) {
        self.package = package
        self.application = application
        self.zone = zone
    }
}
