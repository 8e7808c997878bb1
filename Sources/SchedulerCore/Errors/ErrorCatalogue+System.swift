/// Codes 00001 to 00500, 02001 to 02007 and 06001 to 06003: the server itself, who may, and the store.
extension ErrorCatalogue {
    static let system: [ErrorCatalogueEntry] = [
        .init(
            1,
            500,
            "Internal error. {0}",
            ["reference"],
            remedy: "Nothing is wrong with the call; repeat it, and give the operator the text of the error."
        ),
        .init(
            2,
            400,
            "Property {0} cannot be set to {1}: read-only or reserved",
            ["name", "value"],
            remedy: "Leave the property out of the call, or have its definition changed."
        ),
        .init(
            4,
            400,
            "Incorrect timestamp format: {0}",
            ["value"],
            remedy: "Write date-times by RFC 3339, for example 2027-03-01T09:10:00.000Z."
        ),
        .init(
            500,
            500,
            "The scheduling sub-system failed: {0}",
            ["reason"],
            remedy: "Nothing was changed; repeat the call later, and tell the operator if it stays so."
        ),
        .init(
            6001,
            503,
            "The store is unavailable",
            remedy: "Repeat the call after the time that the Retry-After header names."
        ),
        .init(
            6002,
            500,
            "The store failed: {0}",
            ["reason"],
            remedy: "Nothing was changed; repeat the call later, and have the operator look at store and disk."
        ),
        .init(
            6003,
            503,
            "The query took longer than {0}",
            ["duration"],
            remedy: "Narrow the filter, or ask for fewer requests at a time."
        ),
    ]

    static let access: [ErrorCatalogueEntry] = [
        .init(
            2001,
            401,
            "Authentication is required",
            remedy: "Send valid credentials by HTTP Basic or as a Bearer token."
        ),
        .init(
            2002,
            403,
            "User {0} does not have sufficient privilege to submit {1}",
            ["user", "jobDefinitionId"],
            remedy: "Ask an administrator for the right EXECUTE on the job definition or job set."
        ),
        .init(
            2003,
            403,
            "User {0} may not read request {1} of another user",
            ["user", "requestId"],
            remedy: "Ask its submitter or an administrator for the right ESS_REQUEST_READ."
        ),
        .init(
            2004,
            403,
            "User {0} lacks {1} on request {2}",
            ["user", "right", "requestId"],
            remedy: "Ask an administrator for the named right."
        ),
        .init(
            2005,
            403,
            "The handle is missing or not one of request {0}",
            ["requestId"],
            remedy: "Send the requestHandle that the job got when it was started."
        ),
        .init(
            2006,
            403,
            "User {0} may not read the server state",
            ["user"],
            remedy: "Ask an administrator for a role that may monitor the server."
        ),
        .init(
            2007,
            400,
            "Outbound URL {0} is not allowed",
            ["url"],
            remedy: "Use an http or https address that the operator's outbound list allows."
        ),
    ]
}
