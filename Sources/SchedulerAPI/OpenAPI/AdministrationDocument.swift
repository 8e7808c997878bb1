import SchedulerCore

/// Our own API as an OpenAPI document: what lives below `/api/v1`, and the pages beside it (administration §3 to §6).
package enum AdministrationDocument {
    /// - Parameter profile: decides on the relations of links.
    /// - Returns: the document, the same at each call.
    package static func document(in profile: CompatibilityProfile) -> APIDocument { editions[profile] }

    private static let editions = APIDocumentEditions(make)

    private static func make(in profile: CompatibilityProfile) -> APIDocument {
        let groups =
            AdministrationOperations.requestGroups + AdministrationOperations.serverGroups + MetadataOperations.groups
            + [AdministrationOperations.pages]
        return APIDocument(
            title: "Escapement: administration API",
            about: """
                What this server adds to Oracle's API, whose own document is /api/v1/openapi-ess.json. Every GET goes \
                as HEAD, too. Ids of metadata objects in paths keep their slashes, encoded or not. `/api/v1/users`, \
                `/api/v1/roles` and `/api/v1/grants` stand for `/api/v1/metadata/User`, `Role` and `Grant`. Every \
                refusal has the body SimpleExceptionDetail; what its code means stands behind its `type`.
                """,
            groups: groups,
            schemas: AdministrationSchemas.all + MetadataSchemas.all + shared(profile, APIDocument.codes(of: groups))
        )
    }

    private static func shared(
        _ profile: CompatibilityProfile,
        _ codes: Set<ErrorCode>
    ) -> [(name: String, schema: APISchema)] {
        let bodies = ["RequestParameterInput", "ScheduleInput", "CallbackSubscriptionRequest", "UpdateRequest"]
        return [
            ("ActionResponse", RequestSchemas.actionLinks(in: profile)), ("RequestState", .oneOf(RequestState.self)),
            ("ErrorPlace", ErrorSchemas.place), ("SimpleExceptionDetail", ErrorSchemas.detail(codes)),
        ] + BodySchemas.all.filter { bodies.contains($0.name) }
    }
}
