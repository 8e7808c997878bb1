/// Codes 30001 to 32003: the administration API, outside Oracle's ranges (administration §3).
extension ErrorCatalogue {
    static let administration: [ErrorCatalogueEntry] = [
        .init(30001, 404, "{0} not found", ["id"], remedy: "Check kind, package and name of the object."),
        .init(
            30002,
            400,
            "Invalid document: {0}",
            ["reason"],
            remedy: "Correct every place that the member errors lists, then send the document again."
        ),
        .init(
            30003,
            400,
            "{0} refers to {1}, which does not exist",
            ["id", "reference"],
            remedy: "Create the missing object first, or in the same change."
        ),
        .init(
            30004,
            409,
            "{0} is still in use by {1}",
            ["id", "referrers"],
            remedy: "Remove the references first; force lifts only the use by requests."
        ),
        .init(
            30005,
            412,
            "{0} is at version {1}, not at the one of If-Match",
            ["id", "version"],
            remedy: "Read the object again, merge your change and send it with the new ETag."
        ),
        .init(
            30006,
            428,
            "A change of {0} needs If-Match",
            ["id"],
            remedy: "Send the ETag of the version that you read as If-Match."
        ),
        .init(
            30007,
            409,
            "{0} has the origin {1} and cannot be changed here",
            ["id", "origin"],
            remedy: "Change the file that the object comes from, or copy the object and change the copy."
        ),
        .init(
            30008,
            403,
            "User {0} lacks {1} on {2}",
            ["user", "action", "id"],
            remedy: "Ask an administrator for a grant with the named metadata right."
        ),
        .init(
            30009,
            409,
            "{0} exists already",
            ["id"],
            remedy: "Choose another name, or update the existing object."
        ),
        .init(
            30010,
            409,
            "{0} moved on from version {1} to {2}",
            ["id", "baseVersion", "currentVersion"],
            remedy: "Plan the change again on the current version."
        ),
        .init(
            31002,
            403,
            "User {0} lacks the privilege {1}",
            ["user", "privilege"],
            remedy: "Ask an administrator for a role with the named privilege."
        ),
        .init(
            31003,
            409,
            "{0} is the last enabled EscapementAdmin",
            ["user"],
            remedy: "Give the role to another enabled user first."
        ),
        .init(
            31004,
            403,
            "The CSRF token is missing or wrong",
            remedy: "Reload the page and try again; programs send the header X-Escapement-CSRF."
        ),
        .init(
            32002,
            409,
            "The bulk confirmation is missing or no longer holds",
            remedy: "Run the action with dryRun again and send the confirm value of its answer."
        ),
        .init(
            32003,
            416,
            "Range {0} cannot be satisfied",
            ["range"],
            remedy: "Ask for bytes that the content has, or leave the Range header out."
        ),
    ]
}
