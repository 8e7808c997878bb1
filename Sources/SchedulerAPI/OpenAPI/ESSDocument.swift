import SchedulerCore

/// Oracle's API as an OpenAPI document: the nineteen operations below `/ess/rest/scheduler/v1` (REST §1).
package enum ESSDocument {
    /// - Parameter profile: decides on the relations of links and on a few members.
    /// - Returns: the document, the same at each call.
    package static func document(in profile: CompatibilityProfile) -> APIDocument { editions[profile] }

    private static let editions = APIDocumentEditions(make)

    private static func make(in profile: CompatibilityProfile) -> APIDocument {
        let groups = ESSOperations.groups
        return APIDocument(
            title: "Escapement: Oracle Enterprise Scheduler REST API",
            about: """
                The operations of Oracle's ESS REST API v1 as this server answers them. Every GET goes as HEAD, too. \
                Unknown members of bodies and unknown query parameters are ignored, a member that is null is absent. \
                Every refusal has the body SimpleExceptionDetail; what its code means stands behind its `type`.
                """,
            groups: groups,
            schemas: [
                ("Root", root), ("RootLink", rootLink), ("RequestDetails", RequestSchemas.details(in: profile)),
                ("RequestState", .oneOf(RequestState.self)), ("RequestParameter", RequestSchemas.parameter),
                ("ScheduleDetails", RequestSchemas.schedule), ("Link", RequestSchemas.link(in: profile)),
                ("RequestQueryResponse", RequestSchemas.queryResponse),
                ("RequestBatchItem", RequestSchemas.batchItem), ("SubmitResponse", submitted),
                ("SubmitArgsResponse", arguments), ("ActionResponse", RequestSchemas.actionLinks(in: profile)),
                ("PermissionsResponse", permissions), ("QuiesceStateResponse", quiesceState),
                ("SimpleExceptionDetail", ErrorSchemas.detail(APIDocument.codes(of: groups))),
            ] + BodySchemas.all
        )
    }

    private static let root = APISchema.answer(
        [
            "items": .list(
                of: .answer(
                    ["links": .list(of: .named("RootLink")), "version": .oneOf(["v1"])],
                    required: ["links", "version"]
                )
            ),
            "links": .list(of: .named("RootLink")),
        ],
        required: ["items", "links"]
    )

    private static let rootLink = APISchema.answer(
        [
            "href": .text.about("A URI, or where templated a template of one."),
            "mediaType": .text, "method": .oneOf(["GET", "POST"]), "rel": .oneOf(RootResource.relations),
            "templated": .flag,
        ],
        required: ["href", "rel"]
    )

    private static let submitted = APISchema.answer(
        ["id": .int64, "links": .list(of: .named("Link")), "requestId": .int64],
        required: ["id", "links", "requestId"]
    )

    private static let arguments = APISchema.answer(
        ["application": .text, "requestParameters": .list(of: .named("RequestParameter"))],
        required: ["requestParameters"]
    )

    private static let permissions = APISchema.answer(
        [
            "links": .list(of: .named("Link")),
            "permissions": .answer(
                RequestAction.allCases.map { ($0.rawValue, .flag) },
                required: RequestAction.allCases.map(\.rawValue)
            ),
            "requestId": .int64,
        ],
        required: ["links", "permissions", "requestId"]
    )

    private static let quiesceState = APISchema.answer(
        [
            "clusterName": .text,
            "servers": .list(
                of: .answer(
                    ["quiesceState": .oneOf(QuiesceState.self), "serverName": .text],
                    required: ["quiesceState", "serverName"]
                )
            ),
        ],
        required: ["clusterName", "servers"]
    )
}
