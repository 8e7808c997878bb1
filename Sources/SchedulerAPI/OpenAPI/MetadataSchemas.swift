import SchedulerCore

/// Schemas of metadata objects and of the calls about them (administration §2, §3).
enum MetadataSchemas {
    static let all: [(name: String, schema: APISchema)] = [
        ("ObjectDocument", document), ("Object", object),
        ("ObjectList", .items(of: .named("Object"), ["nextCursor": .text])),
        ("CopyRequest", .body(["package": .text, "name": .text], required: ["name"])),
        ("CustomizationRequest", .body(["value": .scalar], required: ["value"])),
        ("Customization", customization), ("CustomizationList", .items(of: .named("Customization"))),
        (
            "VersionList",
            .items(
                of: .answer(
                    ["comment": .text, "updatedBy": .text, "updatedTime": .instant, "version": .int32],
                    required: ["version"]
                )
            )
        ),
        ("ReferrerList", .items(of: .answer(["id": .text], required: ["id"]))),
        (
            "ObjectPermissions",
            .answer(["actions": .list(of: .oneOf(MetadataAction.self))], required: ["actions"])
        ),
        ("DocumentsRequest", documents),
        (
            "Validation",
            .answer(["count": .int32, "warnings": warnings], required: ["count", "warnings"])
        ),
        ("Plan", plan), ("Import", imported),
    ]

    private static let warnings = APISchema.list(of: .named("ErrorPlace"))

    private static let document = APISchema.answer([
        "kind": .oneOf(MetadataKind.self), "package": .text, "name": .text,
    ])
    .open()
    .about("A document as in files; its members depend on the kind.")

    private static let object = APISchema.answer(
        [
            "createdBy": .text, "createdTime": .instant, "id": .text, "kind": .oneOf(MetadataKind.self),
            "name": .text, "origin": .oneOf(MetadataOrigin.self), "package": .text, "updatedBy": .text,
            "updatedTime": .instant, "version": .int32,
        ],
        required: ["id", "kind", "name", "origin", "version"]
    )
    .open()
    .about("The document, secrets masked, with what the server knows about it.")

    private static let customization = APISchema.answer(
        ["property": .oneOf(CustomizableProperty.self), "value": .text],
        required: ["property", "value"]
    )

    private static let documents = APISchema.answer(
        [
            "baseVersions": .map(of: .int32).about("Versions that objects are expected at, those of a plan."),
            "comment": .text,
            "documents": .either(.text, .list(of: .answer([]).open()))
                .about("A text of YAML or JSON, or a list of documents or of {file, text}."),
            "prune": .text.about("Package in and below which what no document names is deleted."),
        ],
        required: ["documents"]
    )

    private static let plan = APISchema.items(
        of: .answer(
            [
                "action": .oneOf(["create", "update", "delete", "none"]), "baseVersion": .int32,
                "diff": .list(of: .answer(["from": .anything, "path": .text, "to": .anything], required: ["path"])),
                "id": .text, "version": .int32.about("After apply."),
            ],
            required: ["action", "baseVersion", "diff", "id"]
        ),
        [
            "baseVersions": .map(of: .int32), "hasChanges": .flag, "summary": .map(of: .int32),
            "warnings": warnings,
        ]
    )

    private static let imported = APISchema.answer(
        [
            "documents": .list(of: .named("ObjectDocument")),
            "report": .list(
                of: .answer(
                    [
                        "item": .text, "line": .int32, "outcome": .oneOf(["mapped", "changed", "ignored", "error"]),
                        "reason": .text, "source": .text,
                    ],
                    required: ["outcome"]
                )
            ),
            "result": .named("Plan").about("Where they were stored."),
        ],
        required: ["documents", "report"]
    )
}
