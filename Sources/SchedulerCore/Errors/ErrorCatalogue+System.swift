/// Codes 00001 to 00500, 02001 to 02007 and 06001 to 06003: the server itself, who may, and the store.
extension ErrorCatalogue {
    static let system: [ErrorCatalogueEntry] = [
        .init(
            1,
            500,
            "Internal error. {0}",
            ["reference"],
            cause: "The server met something that it does not foresee; the call was well-formed.",
            remedy: "Nothing is wrong with the call; repeat it, and give the operator the text of the error."
        ),
        .init(
            2,
            400,
            "Property {0} cannot be set to {1}: read-only or reserved",
            ["name", "value"],
            cause: "A call names a property that is read-only, reserved for the server, or not open to submissions.",
            remedy: "Leave the property out of the call, or have its definition changed."
        ),
        .init(
            4,
            400,
            "Incorrect timestamp format: {0}",
            ["value"],
            cause: "A member or query parameter that must be a date-time holds another text.",
            remedy: "Write date-times by RFC 3339, for example 2027-03-01T09:10:00.000Z."
        ),
        .init(
            500,
            500,
            "The scheduling sub-system failed: {0}",
            ["reason"],
            cause: "A part of the server that the call needs does not work.",
            remedy: "Nothing was changed; repeat the call later, and tell the operator if it stays so."
        ),
        .init(
            6001,
            503,
            "The store is unavailable",
            cause: "The database cannot be reached, or the node is stopping.",
            remedy: "Repeat the call after the time that the Retry-After header names."
        ),
        .init(
            6002,
            500,
            "The store failed: {0}",
            ["reason"],
            cause: "The database refused or broke off the work.",
            remedy: "Nothing was changed; repeat the call later, and have the operator look at store and disk."
        ),
        .init(
            6003,
            503,
            "The query took longer than {0}",
            ["duration"],
            cause: "The query exceeded store.statementTimeout.",
            remedy: "Narrow the filter, or ask for fewer requests at a time."
        ),
    ]

    static let access: [ErrorCatalogueEntry] = [
        .init(
            2001,
            401,
            "Authentication is required",
            cause: "The call came without credentials, or with ones that are unknown, wrong, or of a disabled user.",
            remedy: "Send valid credentials by HTTP Basic or as a Bearer token."
        ),
        .init(
            2002,
            403,
            "User {0} does not have sufficient privilege to submit {1}",
            ["user", "jobDefinitionId"],
            cause: "No grant gives the user the right EXECUTE on what is submitted.",
            remedy: "Ask an administrator for the right EXECUTE on the job definition or job set."
        ),
        .init(
            2003,
            403,
            "User {0} may not read request {1} of another user",
            ["user", "requestId"],
            cause: "The request belongs to another user, and no grant lets the caller read it.",
            remedy: "Ask its submitter or an administrator for the right ESS_REQUEST_READ."
        ),
        .init(
            2004,
            403,
            "User {0} lacks {1} on request {2}",
            ["user", "right", "requestId"],
            cause: "The caller may read the request, but has not the right that this operation needs.",
            remedy: "Ask an administrator for the named right."
        ),
        .init(
            2005,
            403,
            "The handle is missing or not one of request {0}",
            ["requestId"],
            cause: "The call has no requestHandle, or one that was not issued for this request.",
            remedy: "Send the requestHandle that the job got when it was started."
        ),
        .init(
            2006,
            403,
            "User {0} may not read the server state",
            ["user"],
            cause: "The caller has not the privilege ESCAPEMENT_MONITOR.",
            remedy: "Ask an administrator for a role that may monitor the server."
        ),
        .init(
            2007,
            400,
            "Outbound URL {0} is not allowed",
            ["url"],
            cause: "The URL is not http or https, names a user, or leads to where the server must not call.",
            remedy: "Use an http or https address that the operator's outbound list allows."
        ),
    ]
}
