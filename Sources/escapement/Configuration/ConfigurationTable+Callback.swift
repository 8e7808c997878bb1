extension ConfigurationTable {
    /// Keys of callbacks and events.
    static let callback: [ConfigurationKey] = [
        ConfigurationKey(
            name: "callback.horizon",
            type: .duration,
            defaultText: "24h",
            rule: .duration(.zero, .seconds(366 * 86_400)),
            isReloadable: true,
            summary: "How long a callback is tried before it is given up."
        ),
        ConfigurationKey(
            name: "callback.maxPause",
            type: .duration,
            defaultText: "15m",
            rule: .duration(.milliseconds(100), .seconds(86_400)),
            isReloadable: true,
            summary: "Longest pause between two tries of a callback; pauses double from a second up to it."
        ),
        ConfigurationKey(
            name: "callback.timeout",
            type: .duration,
            defaultText: "30s",
            rule: .duration(.milliseconds(100), .seconds(600)),
            isReloadable: true,
            summary: "How long the receiver of a callback may take to answer."
        ),
        ConfigurationKey(
            name: "callback.signingKeyFile",
            type: .path,
            defaultText: nil,
            rule: .any,
            isReloadable: true,
            summary: "File whose first line is the key that callbacks are signed with; without it they are not."
        ),
        ConfigurationKey(
            name: "callback.oauth.tokenUrl",
            type: .text,
            defaultText: nil,
            rule: .outboundURL,
            isReloadable: true,
            summary: "Endpoint that gives the tokens of callbacks whose scheme is OWSM_GPA or OWSM_LPA."
        ),
        ConfigurationKey(
            name: "callback.oauth.clientId",
            type: .text,
            defaultText: nil,
            rule: .any,
            isReloadable: true,
            summary: "Client that this server is for the token endpoint."
        ),
        ConfigurationKey(
            name: "callback.oauth.clientSecretFile",
            type: .path,
            defaultText: nil,
            rule: .any,
            isReloadable: true,
            summary: "File whose first line is the secret of that client."
        ),
    ]
}
