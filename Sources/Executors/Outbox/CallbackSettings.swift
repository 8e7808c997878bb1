package import SchedulerCore

/// `callback.*` (administration §9). It may change while the server runs.
package struct CallbackSettings: Sendable {
    /// A whole try, the token included.
    package var timeout: Duration
    /// Key of the signature; nil = what is sent is not signed.
    package var signingKey: [UInt8]?
    /// Credentials of the server; nil = it has none.
    package var oauth: OAuthClient?

    package init(timeout: Duration = .seconds(30), signingKey: [UInt8]? = nil, oauth: OAuthClient? = nil) {
        self.timeout = timeout
        self.signingKey = signingKey
        self.oauth = oauth
    }
}

/// A client that gets tokens by its own credentials (RFC 6749 §4.4). Never logged.
package struct OAuthClient: Hashable, Sendable, CustomStringConvertible {
    package var tokenURL: String
    package var id: String
    package var secret: String

    package init(tokenURL: String, id: String, secret: String) {
        self.tokenURL = tokenURL
        self.id = id
        self.secret = secret
    }

    package var description: String { "client \(id)" }
}

/// Opens and finds the secrets that subscriptions name.
package struct CallbackSecrets: Sendable {
    /// Opens the sealed client secret of a subscription.
    package let open: @Sendable (CallbackSubscription) throws -> String?
    /// The secret of a name that serves requests of a definition, `clientId:clientSecret`; nil if there is none.
    package let find: @Sendable (_ name: String, _ definitionID: String) async throws -> String?

    package init(
        open: @escaping @Sendable (CallbackSubscription) throws -> String? = { _ in nil },
        find: @escaping @Sendable (String, String) async throws -> String? = { _, _ in nil }
    ) {
        self.open = open
        self.find = find
    }
}
