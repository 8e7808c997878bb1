import SchedulerCore

/// The operations of our own API on named secrets (administration §5.5).
extension AdministrationOperations {
    static let secretGroup = APIGroup(
        "Secrets",
        "Named values that no call returns.",
        [secrets, secret, putSecret, removeSecret]
    )

    private static let oneSecret = base + "/secrets/{name}"
    private static let secretName = APIParameter.path(
        "name",
        "Its name.",
        .text.length(1...Int64(MetadataLimits.labelBytesMax))
    )

    private static let secrets = APIOperation(
        .get,
        base + "/secrets",
        "listSecrets",
        "The names of secrets, and whom they serve",
        answers: [
            APIAnswer.json(200, "By name.", .named("SecretList"))
                .leading(to: ["getSecret", "deleteSecret"], ["name": "$response.body#/items/0/name"])
        ]
    )
    .refusing(31_002)

    private static let secret = APIOperation(
        .get,
        oneSecret,
        "getSecret",
        "Whom a secret serves",
        answers: [.json(200, "All but its value.", .named("Secret"))]
    )
    .taking(secretName)
    .refusing(30_001, 31_002)

    private static let putSecret = APIOperation(
        .put,
        oneSecret,
        "putSecret",
        "Set a secret",
        answers: [stored(200, "It is replaced."), stored(201, "It is there.")]
    )
    .taking(secretName)
    .reading(
        .named("SecretRequest"),
        example: ["definitions": ["acme.gl.*"], "value": "clientId:clientSecret"]
    )
    .refusing(31_002)

    private static func stored(_ status: Int, _ about: String) -> APIAnswer {
        APIAnswer.json(status, about, .named("Secret"))
            .leading(to: ["getSecret", "deleteSecret"], ["name": "$response.body#/name"])
    }

    private static let removeSecret = APIOperation(
        .delete,
        oneSecret,
        "deleteSecret",
        "Forget a secret",
        answers: [.empty(204, "It is gone.")]
    )
    .taking(secretName, APIParameters.key)
    .refusing(APICodes.key)
    .refusing(30_001, 31_002)
}
