/// Codes 05001 to 05031: bodies, queries and the HTTP message itself.
extension ErrorCatalogue {
    static let input: [ErrorCatalogueEntry] = [
        .init(
            5001,
            400,
            "Malformed JSON at position {0}",
            ["position"],
            remedy: "Correct the body at the named byte; it must be JSON (RFC 8259), at most 64 levels deep."
        ),
        .init(5002, 400, "{0} must be of type {1}", ["member", "type"], remedy: "Send the member in the named type."),
        .init(5003, 400, "{0} is required", ["member"], remedy: "Add the named member."),
        .init(
            5004,
            400,
            "{0} is not a value of {1}",
            ["value", "member"],
            remedy: "Use one of the documented values, in their exact spelling."
        ),
        .init(
            5005,
            400,
            "{0} is out of range {1}",
            ["member", "range"],
            remedy: "Choose a value within the named range."
        ),
        .init(
            5006,
            400,
            "Value of parameter {0} is no {1}",
            ["parameter", "type"],
            remedy: "Send a value that fits the parameter's type."
        ),
        .init(
            5007,
            400,
            "Nothing to update",
            remedy: "Send at least one member that can be changed: parameters, schedule, times or callback."
        ),
        .init(
            5008,
            400,
            "{0}: more than {1} entries",
            ["member", "limit"],
            remedy: "Send fewer entries, or split the call."
        ),
        .init(
            5009,
            400,
            "{0} is not an integer",
            ["value"],
            remedy: "Use a whole number of at most 64 bits, in decimal digits."
        ),
        .init(
            5017,
            400,
            "Invalid requestExecutionContext",
            remedy: "Send the context that the job got when it was started: <requestId>,<requestHandle>."
        ),
        .init(
            5019,
            400,
            "Callback scheme {0} needs {1}",
            ["securityScheme", "members"],
            remedy: "Add the named members, or choose another securityScheme."
        ),
        .init(
            5026,
            400,
            "Unknown token {0}",
            ["token"],
            remedy: "Correct the ${…} token; $${ stands for the text ${ itself."
        ),
        .init(
            5028,
            400,
            "{0} holds NUL or invalid UTF-8",
            ["member"],
            remedy: "Send text in UTF-8, without the character U+0000 and without half surrogate pairs."
        ),
    ]

    static let queries: [ErrorCatalogueEntry] = [
        .init(
            5010,
            400,
            "Filter syntax error at position {0}",
            ["position"],
            remedy: "Correct the filter at the named position, for example: state eq \"WAIT\" and priority gt 4."
        ),
        .init(
            5011,
            400,
            "Unknown filter attribute {0} at position {1}",
            ["attribute", "position"],
            remedy: "Use one of the documented fields, in their exact spelling."
        ),
        .init(
            5012,
            400,
            "Operator {0} does not fit {1} at position {2}",
            ["operator", "attribute", "position"],
            remedy: "Use an operator that the type of the field allows."
        ),
        .init(
            5013,
            400,
            "Value {0} does not fit {1} at position {2}",
            ["value", "attribute", "position"],
            remedy: "Compare the field with a value of its own type."
        ),
        .init(
            5014,
            400,
            "orderBy: unknown field {0}",
            ["field"],
            remedy: "Order by one of the fields that can be filtered."
        ),
        .init(
            5015,
            400,
            "orderBy: unknown direction {0}",
            ["direction"],
            remedy: "Write asc or desc after the colon, or leave it out."
        ),
        .init(5016, 400, "id and q exclude each other", remedy: "Ask by ids or by filter, not both."),
        .init(
            5018,
            400,
            "Filter too long or too deep",
            remedy: "Keep the filter within 8000 characters and 50 levels of parentheses."
        ),
    ]

    static let protocols: [ErrorCatalogueEntry] = [
        .init(5020, 404, "Resource {0} not found", ["path"], remedy: "Check the path of the URL."),
        .init(
            5021,
            405,
            "{0} is not allowed here",
            ["method"],
            remedy: "Use one of the methods that the Allow header names."
        ),
        .init(
            5022,
            406,
            "None of {0} can be produced",
            ["accept"],
            remedy: "Accept application/json or application/vnd.oracle.resource+json."
        ),
        .init(5023, 413, "Body larger than {0} bytes", ["limit"], remedy: "Send a smaller body."),
        .init(
            5024,
            415,
            "Content type {0} is not supported",
            ["contentType"],
            remedy: "Send JSON in UTF-8 as application/json or application/vnd.oracle.resource+json."
        ),
        .init(
            5025,
            429,
            "Too many requests",
            remedy: "Repeat the call after the time that the Retry-After header names."
        ),
        .init(
            5029,
            408,
            "The request was not received in time",
            remedy: "Send the call again, without pauses between its parts."
        ),
        .init(
            5030,
            414,
            "The URL is longer than {0}",
            ["limit"],
            remedy: "Shorten the query, for example by asking for fewer ids at a time."
        ),
        .init(
            5031,
            431,
            "The header fields are larger than {0}",
            ["limit"],
            remedy: "Send fewer or shorter header fields."
        ),
    ]
}
