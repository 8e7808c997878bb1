/// Codes 05001 to 05032: bodies, queries and the HTTP message itself.
extension ErrorCatalogue {
    static let input: [ErrorCatalogueEntry] = [
        .init(
            5001,
            400,
            "Malformed JSON at position {0}",
            ["position"],
            cause: "The body is no JSON text.",
            remedy: "Correct the body at the named byte; it must be JSON (RFC 8259), at most 64 levels deep."
        ),
        .init(
            5002,
            400,
            "{0} must be of type {1}",
            ["member", "type"],
            cause: "A member of the body has another JSON type than the operation wants.",
            remedy: "Send the member in the named type."
        ),
        .init(
            5003,
            400,
            "{0} is required",
            ["member"],
            cause: "A member, parameter or header that the operation needs is absent, null or empty.",
            remedy: "Add the named member."
        ),
        .init(
            5004,
            400,
            "{0} is not a value of {1}",
            ["value", "member"],
            cause: "A text is not one of the values that the member or parameter knows.",
            remedy: "Use one of the documented values, in their exact spelling."
        ),
        .init(
            5005,
            400,
            "{0} is out of range {1}",
            ["member", "range"],
            cause: "A value is too small, too large or too long, or must not be there at all.",
            remedy: "Choose a value within the named range."
        ),
        .init(
            5006,
            400,
            "Value of parameter {0} is no {1}",
            ["parameter", "type"],
            cause: "A parameter's value cannot be read as its type, or breaks the definition's rules.",
            remedy: "Send a value that fits the parameter's type."
        ),
        .init(
            5007,
            400,
            "Nothing to update",
            cause: "The body names nothing that PATCH could change.",
            remedy: "Send at least one member that can be changed: parameters, schedule, times or callback."
        ),
        .init(
            5008,
            400,
            "{0}: more than {1} entries",
            ["member", "limit"],
            cause: "A list is longer than the server takes.",
            remedy: "Send fewer entries, or split the call."
        ),
        .init(
            5009,
            400,
            "{0} is not an integer",
            ["value"],
            cause: "A path or query parameter that must be an integer holds another text.",
            remedy: "Use a whole number of at most 64 bits, in decimal digits."
        ),
        .init(
            5017,
            400,
            "Invalid requestExecutionContext",
            cause: "The text is not a request's number, a comma and a handle.",
            remedy: "Send the context that the job got when it was started: <requestId>,<requestHandle>."
        ),
        .init(
            5019,
            400,
            "Callback scheme {0} needs {1}",
            ["securityScheme", "members"],
            cause: "The subscription lacks what its securityScheme needs to get a token.",
            remedy: "Add the named members, or choose another securityScheme."
        ),
        .init(
            5026,
            400,
            "Unknown token {0}",
            ["token"],
            cause: "A parameter holds a ${…} token that names nothing.",
            remedy: "Correct the ${…} token; $${ stands for the text ${ itself."
        ),
        .init(
            5028,
            400,
            "{0} holds NUL or invalid UTF-8",
            ["member"],
            cause: "A text cannot be stored as it is.",
            remedy: "Send text in UTF-8, without the character U+0000 and without half surrogate pairs."
        ),
    ]

    static let queries: [ErrorCatalogueEntry] = [
        .init(
            5010,
            400,
            "Filter syntax error at position {0}",
            ["position"],
            cause: "The filter breaks the grammar.",
            remedy: "Correct the filter at the named position, for example: state eq \"WAIT\" and priority gt 4."
        ),
        .init(
            5011,
            400,
            "Unknown filter attribute {0} at position {1}",
            ["attribute", "position"],
            cause: "The filter names something that is no field of this list.",
            remedy: "Use one of the documented fields, in their exact spelling."
        ),
        .init(
            5012,
            400,
            "Operator {0} does not fit {1} at position {2}",
            ["operator", "attribute", "position"],
            cause: "The field cannot be compared by this operator.",
            remedy: "Use an operator that the type of the field allows."
        ),
        .init(
            5013,
            400,
            "Value {0} does not fit {1} at position {2}",
            ["value", "attribute", "position"],
            cause: "The value is not of the type of the field it is compared with.",
            remedy: "Compare the field with a value of its own type."
        ),
        .init(
            5014,
            400,
            "orderBy: unknown field {0}",
            ["field"],
            cause: "The list cannot be ordered by this name.",
            remedy: "Order by one of the fields that can be filtered."
        ),
        .init(
            5015,
            400,
            "orderBy: unknown direction {0}",
            ["direction"],
            cause: "Behind the field stands something other than asc or desc.",
            remedy: "Write asc or desc after the colon, or leave it out."
        ),
        .init(
            5016,
            400,
            "id and q exclude each other",
            cause: "The query holds both parameters.",
            remedy: "Ask by ids or by filter, not both."
        ),
        .init(
            5018,
            400,
            "Filter too long or too deep",
            cause: "The filter exceeds the bounds that keep queries cheap.",
            remedy: "Keep the filter within 8000 characters and 50 levels of parentheses."
        ),
    ]

    static let protocols: [ErrorCatalogueEntry] = [
        .init(
            5020,
            404,
            "Resource {0} not found",
            ["path"],
            cause: "The path names nothing on this server.",
            remedy: "Check the path of the URL."
        ),
        .init(
            5021,
            405,
            "{0} is not allowed here",
            ["method"],
            cause: "The path exists, but does not take this method.",
            remedy: "Use one of the methods that the Allow header names."
        ),
        .init(
            5022,
            406,
            "None of {0} can be produced",
            ["accept"],
            cause: "The Accept header excludes every type that the operation can answer with.",
            remedy: "Accept application/json or application/vnd.oracle.resource+json."
        ),
        .init(
            5023,
            413,
            "Body larger than {0} bytes",
            ["limit"],
            cause: "The body is larger than http.maxBodySize, or for documents metadata.maxSize.",
            remedy: "Send a smaller body."
        ),
        .init(
            5024,
            415,
            "Content type {0} is not supported",
            ["contentType"],
            cause: "The body's type or charset is not one that the operation reads.",
            remedy: "Send JSON in UTF-8 as application/json or application/vnd.oracle.resource+json."
        ),
        .init(
            5025,
            429,
            "Too many requests",
            cause: "Too many calls or failed sign-ins came from this user or address.",
            remedy: "Repeat the call after the time that the Retry-After header names."
        ),
        .init(
            5029,
            408,
            "The request was not received in time",
            cause: "The caller sent its message more slowly than http.requestTimeout allows.",
            remedy: "Send the call again, without pauses between its parts."
        ),
        .init(
            5030,
            414,
            "The URL is longer than {0}",
            ["limit"],
            cause: "Path and query together exceed the bound.",
            remedy: "Shorten the query, for example by asking for fewer ids at a time."
        ),
        .init(
            5031,
            431,
            "The header fields are larger than {0}",
            ["limit"],
            cause: "Names and values of the header fields together exceed the bound.",
            remedy: "Send fewer or shorter header fields."
        ),
        .init(
            5032,
            400,
            "The message is not valid HTTP",
            cause: "What came over the connection is no message of HTTP/1.1, or its head is far too large.",
            remedy: "Look for raw blanks and other characters that have to be encoded, and at the length of the head."
        ),
    ]
}
