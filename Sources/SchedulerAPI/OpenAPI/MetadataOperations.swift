import SchedulerCore

/// The operations of our own API on metadata objects (administration §3).
enum MetadataOperations {
    static let groups = [
        APIGroup(
            "Metadata",
            "Objects one by one.",
            [
                list, create, get, put, delete, copy, versions, referrers, permissions, customizations, customize,
                uncustomize,
            ]
        ),
        APIGroup("Documents", "Many objects at once.", [validate, plan, apply, export, importXML]),
    ]

    static let objectID = APIParameter.path("id", "Package and name, with the slashes between them.")
        .example("samples/HelloWorld")
    static let node = APIParameter.path("node", "Name of the node, or *.")
    static let ifMatch = APIParameter.header("If-Match", "The ETag of the version that was read, or *.")
    static let ifNoneMatch = APIParameter.header("If-None-Match", "ETags that are known, or *.")
    private static let kind = APIParameter.path("kind", "A kind of object.", .oneOf(MetadataKind.self))
        .example("JobDefinition")

    /// What a change of an object may be refused with.
    static let change = reading.union(APICodes.key).union([
        2, 1051, 2002, 2007, 3004, 4002, 4003, 4004, 5026, 30_002, 30_003, 30_004, 30_005, 30_006, 30_007, 30_009,
        31_002,
        31_003,
    ])
    private static let reading: Set<ErrorCode> = [3002, 3003, 30_001, 30_008]

    private static let base = AdministrationOperations.base + "/metadata"
    private static let object = base + "/{kind}/{id}"

    // MARK: - Objects

    private static let list = APIOperation(
        .get,
        base + "/{kind}",
        "listObjects",
        "Objects of a kind",
        answers: [
            APIAnswer.json(200, "Those that the caller may read.", .named("ObjectList"))
                .leading(to: ["getObject"] + reads, about("$response.body#/items/0"))
        ]
    )
    .taking(
        kind,
        .query("q", "Filter. Fields: \(MetadataField.allCases.map(\.rawValue).joined(separator: ", "))."),
        .query("orderBy", "A field of the filter, with :asc or :desc."),
        .query("limit", "How many.", .integer(in: WireLimits.listRange)),
        .query("cursor", "nextCursor of the answer before.")
    )
    .refusing(APICodes.list)
    .refusing(reading)

    private static let create = APIOperation(
        .post,
        base + "/{kind}",
        "createObject",
        "Make an object",
        answers: [created]
    )
    .taking(kind, APIParameters.key)
    .reading(.named("ObjectDocument"), example: document)
    .refusing(change)

    /// An example.
    private static let document: DocumentValue = [
        "kind": "JobDefinition", "package": "/acme", "name": "Hello",
        "jobType": "JobType://escapement/core/SwiftJobType",
        "parameters": [["name": "SYS_className", "value": "NoOp"]],
    ]

    private static let created = APIAnswer.json(201, "It is stored.", .named("Object"))
        .carrying("ETag", "Its version.")
        .carrying("Location", "Where it is.")
        .leading(to: ["getObject", "copyObject", "customizeObject"] + reads, about("$response.body#"))
        .leading(to: ["putObject", "deleteObject"], about("$response.body#", version: "$response.header.ETag"))
    private static let stored = APIAnswer.json(200, "As it is stored.", .named("Object"))
        .carrying("ETag", "Its version.")
        .leading(to: ["copyObject", "customizeObject"] + reads, samePath)
        .leading(to: ["putObject", "deleteObject"], about("$response.body#", version: "$response.header.ETag"))

    /// What else is to be read of an object.
    private static let reads = ["listVersions", "listReferrers", "getObjectPermissions", "listCustomizations"]

    /// The object is that of the call.
    private static let samePath: DocumentValue = ["kind": "$request.path.kind", "id": "$request.path.id"]

    /// The object that a part of the answer is, in the version that its ETag tells.
    private static func about(_ part: String, version: String? = nil) -> DocumentValue {
        let id: (name: String, value: DocumentValue) = ("id", .text("{\(part)/package}/{\(part)/name}"))
        let kind: (name: String, value: DocumentValue) = ("kind", "$request.path.kind")
        return .object([kind, id] + (version.map { [(name: "If-Match", value: .text($0))] } ?? []))
    }

    private static let get = on(.get, "", "getObject", "An object", answers: [stored, .empty(304, "As it is known.")])
        .taking(.query("version", "One of the last fifty.", .integer(in: 1...Int64(Int32.max))), ifNoneMatch)
        .refusing(5009)

    private static let put = on(.put, "", "putObject", "Replace or make an object", answers: [stored, created])
        .taking(ifMatch, ifNoneMatch, APIParameters.key)
        .reading(.named("ObjectDocument"), example: document)
        .refusing(change)

    private static let delete = on(
        .delete,
        "",
        "deleteObject",
        "Delete an object",
        answers: [.empty(204, "It is gone.")]
    )
    .taking(
        .query("force", "Whether requests that use it do not stand in the way.", .oneOf(["true", "false"])),
        ifMatch,
        APIParameters.key
    )
    .refusing(change)
    .refusing(5004)

    private static let copy = on(.post, "/copy", "copyObject", "Copy an object", answers: [created])
        .taking(APIParameters.key)
        .reading(.named("CopyRequest"), example: ["package": "/acme", "name": "HelloAgain"])
        .refusing(change)

    private static let versions = on(.get, "/versions", "listVersions", "Its last versions", list: "VersionList")
    private static let referrers = on(.get, "/referrers", "listReferrers", "Objects that use it", list: "ReferrerList")
    private static let permissions = on(
        .get,
        "/permissions",
        "getObjectPermissions",
        "The caller's rights",
        list: "ObjectPermissions"
    )
    private static let customizations = on(
        .get,
        "/customizations",
        "listCustomizations",
        "What is customised about it",
        list: "CustomizationList"
    )

    private static let property = APIParameter.path(
        "property",
        "What may be customised.",
        .oneOf(CustomizableProperty.self)
    )
    .example("Priority")

    private static let customize = on(
        .put,
        "/customizations/{property}",
        "customizeObject",
        "Customise an object",
        answers: [
            APIAnswer.json(200, "The value in force.", .named("Customization"))
                .leading(to: ["getObject", "listCustomizations"], samePath)
                .leading(
                    to: ["uncustomizeObject"],
                    [
                        "kind": "$request.path.kind", "id": "$request.path.id",
                        "property": "$request.path.property",
                    ]
                )
        ]
    )
    .taking(property, APIParameters.key)
    .reading(.named("CustomizationRequest"), example: ["value": 7])
    .refusing(change)

    private static let uncustomize = on(
        .delete,
        "/customizations/{property}",
        "uncustomizeObject",
        "Give up a customised value",
        answers: [.empty(204, "The document's value counts.")]
    )
    .taking(property, APIParameters.key)
    .refusing(change)

    private static func on(
        _ method: APIOperation.Method,
        _ path: String,
        _ id: String,
        _ summary: String,
        answers: [APIAnswer]
    ) -> APIOperation {
        APIOperation(method, object + path, id, summary, answers: answers).taking(kind, objectID).refusing(reading)
    }

    private static func on(
        _ method: APIOperation.Method,
        _ path: String,
        _ id: String,
        _ summary: String,
        list: String
    ) -> APIOperation {
        on(method, path, id, summary, answers: [.json(200, "All.", .named(list))])
    }

    // MARK: - Documents

    private static let validate = documents("validate", "validateDocuments", "Check documents", "Validation")
    private static let plan = documents("plan", "planDocuments", "What a change would do", "Plan")
    private static let apply = documents("apply", "applyDocuments", "Make a change, all of it or nothing", "Plan")

    private static func documents(_ name: String, _ id: String, _ summary: String, _ answer: String) -> APIOperation {
        APIOperation(.post, "\(base)/\(name)", id, summary, answers: [.json(200, "Done.", .named(answer))])
            .taking(APIParameters.key)
            .reading(.named("DocumentsRequest"), example: ["documents": [document]])
            .refusing(change)
            .refusing(30_001, 30_008, 30_010)
    }

    private static let package = APIParameter.query("package", "In this package and below.")

    private static let export = APIOperation(
        .get,
        base + "/export",
        "exportDocuments",
        "Documents of stored objects, without secrets",
        answers: [
            APIAnswer(
                status: 200,
                about: "YAML, one document an object.",
                content: [(type: "application/yaml; charset=utf-8", schema: .text)]
            )
        ]
    )
    .taking(package)
    .refusing(reading)
    .always()

    private static let importXML = APIOperation(
        .post,
        base + "/import",
        "importXML",
        "Turn Oracle's XML into documents",
        answers: [.json(200, "Documents, and what became of each part.", .named("Import"))]
    )
    .taking(
        package,
        .query("application", "Of objects that name none."),
        .query("zone", "Of schedules that name none: an IANA id."),
        .query("source", "Name of the file, for the report."),
        .query("apply", "Whether to store them.", .oneOf(["true", "false"])),
        APIParameters.key
    )
    .reading(
        APIBody(schema: .text, example: schedule, types: ["application/xml", "text/xml", "application/octet-stream"])
    )
    .refusing(change)
    .refusing(5005, 30_008, 30_010)

    /// An example.
    private static let schedule: DocumentValue = """
        <schedule name="Hourly" xmlns="http://xmlns.oracle.com/scheduler">
          <recurrence><ical-expression>FREQ=HOURLY;</ical-expression></recurrence>
        </schedule>
        """
}
