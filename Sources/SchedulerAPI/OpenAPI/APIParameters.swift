import SchedulerCore

/// Parameters that several operations take.
enum APIParameters {
    static let requestId = APIParameter.path("requestId", "Number of the request.", .int64)

    static let key = APIParameter.header(
        "Idempotency-Key",
        "Makes a repeated call the same call.",
        APISchema.text.length(1...255).with("pattern", "^[!-~]+$")
    )

    static let ids = APIParameter.query(
        "id",
        "Comma list of numbers, at most \(WireLimits.idsMax): these requests. Excludes q.",
        APISchema.text.with("pattern", "^-?[0-9]{1,18}(,-?[0-9]{1,18})*$")
    )

    /// Which members of requests are wanted.
    static let selection = [
        APIParameter.query("fields", "Comma list of members, or @basic, @full. Unknown names are ignored."),
        APIParameter.query("excludeFields", "Comma list of members to leave out of @basic or @full."),
    ]

    /// Which requests, and in which order.
    static let list =
        [
            APIParameter.query(
                "q",
                "Filter in the grammar of SCIM, for example: state eq \"ERROR\" and priority gt 4. Fields: "
                    + RequestField.allCases.map(\.rawValue).joined(separator: ", ") + "."
            )
            .example("state eq \"WAIT\""),
            APIParameter.query(
                "orderBy",
                "A field of the filter, with :asc or :desc.",
                APISchema.text.with("pattern", .text("^(\(fields))(:(asc|desc))?$"))
            ),
        ] + selection

    private static let fields = RequestField.allCases.map(\.rawValue).joined(separator: "|")

    /// In place of pages.
    static let window = [
        APIParameter.query("limit", "In place of pages: how many.", .integer(in: WireLimits.listRange)),
        APIParameter.query("offset", "In place of pages: how many to leave out.", .integer(in: 0...Int64.max)),
    ]
}
