/// Codes 30001 to 32003: the administration API, outside Oracle's ranges (administration §3).
extension ErrorCatalogue {
    static let administration: [ErrorCatalogueEntry] = [
        .init(
            30001,
            404,
            "{0} not found",
            ["id"],
            cause: "No object of this id is stored, or not the version that was asked for.",
            remedy: "Check kind, package and name of the object."
        ),
        .init(
            30002,
            400,
            "Invalid document: {0}",
            ["reason"],
            cause: "The document breaks the rules of its kind.",
            remedy: "Correct every place that the member errors lists, then send the document again."
        ),
        .init(
            30003,
            400,
            "{0} refers to {1}, which does not exist",
            ["id", "reference"],
            cause: "The object names another one that is neither stored nor part of the change.",
            remedy: "Create the missing object first, or in the same change."
        ),
        .init(
            30004,
            409,
            "{0} is still in use by {1}",
            ["id", "referrers"],
            cause: "Other objects, or requests that have not ended, need the object.",
            remedy: "Remove the references first; force lifts only the use by requests."
        ),
        .init(
            30005,
            412,
            "{0} is at version {1}, not at the one of If-Match",
            ["id", "version"],
            cause: "Somebody changed the object after it was read.",
            remedy: "Read the object again, merge your change and send it with the new ETag."
        ),
        .init(
            30006,
            428,
            "A change of {0} needs If-Match",
            ["id"],
            cause: "Without If-Match nobody can tell which version the change was made on.",
            remedy: "Send the ETag of the version that you read as If-Match."
        ),
        .init(
            30007,
            409,
            "{0} has the origin {1} and cannot be changed here",
            ["id", "origin"],
            cause: "The object is built in, or is kept in a file of the metadata directory.",
            remedy: "Change the file that the object comes from, or copy the object and change the copy."
        ),
        .init(
            30008,
            403,
            "User {0} lacks {1} on {2}",
            ["user", "action", "id"],
            cause: "No grant gives the user this right on the object.",
            remedy: "Ask an administrator for a grant with the named metadata right."
        ),
        .init(
            30009,
            409,
            "{0} exists already",
            ["id"],
            cause: "An object of this id is stored already.",
            remedy: "Choose another name, or update the existing object."
        ),
        .init(
            30010,
            409,
            "{0} moved on from version {1} to {2}",
            ["id", "baseVersion", "currentVersion"],
            cause: "Somebody changed an object between plan and apply.",
            remedy: "Plan the change again on the current version."
        ),
        .init(
            31002,
            403,
            "User {0} lacks the privilege {1}",
            ["user", "privilege"],
            cause: "None of the user's roles has the privilege.",
            remedy: "Ask an administrator for a role with the named privilege."
        ),
        .init(
            31003,
            409,
            "{0} is the last enabled EscapementAdmin",
            ["user"],
            cause: "The change would leave nobody who could administer the server.",
            remedy: "Give the role to another enabled user first."
        ),
        .init(
            31004,
            403,
            "The call does not come from a page of this server",
            cause:
                "A browser made it for a page of another site (Sec-Fetch-Site, Origin), which may change nothing.",
            remedy:
                "Use a page of this server, under the address of http.publicUrl; other programs send neither header."
        ),
        .init(
            32002,
            409,
            "The bulk confirmation is missing or no longer holds",
            cause: "The confirmation is absent, too old, or one of another action or of fewer requests.",
            remedy: "Run the action with dryRun again and send the confirm value of its answer."
        ),
        .init(
            32003,
            416,
            "Range {0} cannot be satisfied",
            ["range"],
            cause: "The Range header asks for bytes that the content does not have.",
            remedy: "Ask for bytes that the content has, or leave the Range header out."
        ),
    ]
}
