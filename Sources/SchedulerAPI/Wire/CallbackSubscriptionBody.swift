package import SchedulerCore

/// How the server proves itself to the receiver of a callback (REST §3.4).
package enum CallbackSecurityScheme: String, CaseIterable, Hashable, Sendable {
    /// Server-wide callback credentials, if there are any.
    case globalPolicy = "OWSM_GPA"
    /// OAuth2 client credentials from the configured token endpoint.
    case localPolicy = "OWSM_LPA"
    /// OAuth2 client credentials from the caller's own token endpoint.
    case directOAuth = "DIRECT_OAUTH"
}

/// Where the end of a request is reported to, body of subscribe and member of submit (REST §3.4).
package struct CallbackSubscriptionBody: WireBody {
    package var callbackUrlPrefix: String
    package var callbackResourcePath: String
    package var securityScheme: CallbackSecurityScheme
    package var accessTokenUri: String?
    package var clientId: String?
    package var clientSecret: SecretText?
    /// Name of a stored secret; the misspelling is official.
    package var ouath2ClientCsfKey: String?

    package init(
        callbackUrlPrefix: String,
        callbackResourcePath: String,
        securityScheme: CallbackSecurityScheme = .globalPolicy,
        accessTokenUri: String? = nil,
        clientId: String? = nil,
        clientSecret: SecretText? = nil,
        ouath2ClientCsfKey: String? = nil
    ) {
        self.callbackUrlPrefix = callbackUrlPrefix
        self.callbackResourcePath = callbackResourcePath
        self.securityScheme = securityScheme
        self.accessTokenUri = accessTokenUri
        self.clientId = clientId
        self.clientSecret = clientSecret
        self.ouath2ClientCsfKey = ouath2ClientCsfKey
    }

    /// - Throws: the codes of decoding; ESS-05019 if the scheme lacks what it needs.
    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        self.init(
            callbackUrlPrefix: try json.required("callbackUrlPrefix").requireString(),
            callbackResourcePath: try json.required("callbackResourcePath").requireString(),
            securityScheme: try json.enumMember("securityScheme") ?? .globalPolicy,
            accessTokenUri: try Self.text("accessTokenUri", of: json),
            clientId: try Self.text("clientId", of: json),
            clientSecret: try Self.text("clientSecret", of: json).map { SecretText($0) },
            ouath2ClientCsfKey: try Self.text("ouath2ClientCsfKey", of: json)
        )
        try checkScheme()
    }

    /// Prefix, exactly one slash, path.
    package var url: String {
        var prefix = Substring(callbackUrlPrefix)
        while prefix.last == "/" { prefix.removeLast() }
        return prefix + "/" + callbackResourcePath.drop { $0 == "/" }
    }

    private func checkScheme() throws(SchedulerError) {
        let hasClient = clientId != nil && clientSecret != nil
        switch securityScheme {
        case .localPolicy where ouath2ClientCsfKey == nil && !hasClient:
            throw SchedulerError(5019, securityScheme.rawValue, "ouath2ClientCsfKey, or clientId and clientSecret")
        case .directOAuth where accessTokenUri == nil || !hasClient:
            throw SchedulerError(5019, securityScheme.rawValue, "accessTokenUri, clientId and clientSecret")
        default:
            break
        }
    }

    /// Empty text counts as absent: it can prove nothing.
    private static func text(_ name: String, of json: JSONValue) throws(SchedulerError) -> String? {
        guard let text = try json.stringMember(name), !text.isEmpty else { return nil }
        return text
    }
}
