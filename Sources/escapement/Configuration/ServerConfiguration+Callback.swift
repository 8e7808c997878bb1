import SchedulerCore

extension ServerConfiguration {
    /// `callback.*`; secrets are named by their files here.
    struct Callback: Sendable {
        struct OAuth: Sendable {
            let tokenURL: String
            let clientID: String
            let clientSecretFile: String
        }

        let terms: DeliveryTerms
        let timeout: Duration
        let signingKeyFile: String?
        let oauth: OAuth?

        init(_ values: SettingValues) {
            terms = DeliveryTerms(
                horizon: values.duration("callback.horizon"),
                maxPause: values.duration("callback.maxPause")
            )
            timeout = values.duration("callback.timeout")
            signingKeyFile = values.optionalText("callback.signingKeyFile")
            let file = values.optionalText("callback.oauth.clientSecretFile")
            if let url = values.optionalText("callback.oauth.tokenUrl"), let file,
                let client = values.optionalText("callback.oauth.clientId")
            {
                oauth = OAuth(tokenURL: url, clientID: client, clientSecretFile: file)
            } else {
                oauth = nil
            }
        }
    }
}
