import FoundationEssentials
import SchedulerCore

/// Tokens of clients, fetched when they are needed and kept until shortly before they expire. Those who need one of the
/// same client at the same time fetch it once.
actor OAuthTokens {
    private struct Token {
        let value: String
        /// On the monotonic clock.
        let end: Duration
    }

    private struct Reply: Decodable {
        let accessToken: String
        let expiresIn: Int64?

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case expiresIn = "expires_in"
        }
    }

    /// Life of a token that does not tell it.
    private static let standardLife: Duration = .seconds(300)
    /// How long before its end a token is given up.
    private static let margin: Duration = .seconds(30)
    private static let lifeSecondsMax: Int64 = 86_400
    /// Tokens that are kept; beyond, all are given up.
    private static let tokensMax = 1000
    private static let form = "application/x-www-form-urlencoded"

    private let caller: OutboundCaller
    private let time: any TimeSource
    private var tokens: [OAuthClient: Token] = [:]
    /// Who waits for the token that somebody fetches for this client; no entry where nobody does.
    private var waiting: [OAuthClient: [Turn]] = [:]

    /// What came of another's fetch; nil where it was broken off and somebody else must do it.
    private typealias Turn = FirstResult<Result<String, DeliveryFailure>?>

    init(caller: OutboundCaller, time: any TimeSource) {
        self.caller = caller
        self.time = time
    }

    /// - Throws: `DeliveryFailure` that says nothing secret, also for another's fetch; `CancellationError`.
    func token(of client: OAuthClient) async throws -> String {
        while true {
            if let known = tokens[client], known.end > time.monotonicNow() { return known.value }
            guard waiting[client] != nil else { return try await fetchForAll(client).get() }
            let turn = Turn()
            waiting[client]?.append(turn)
            if let result = try await turn.value() { return try result.get() }
        }
    }

    /// A receiver refused it: the next try gets another one, unless there is another by now.
    func forget(_ token: String, of client: OAuthClient) {
        if tokens[client]?.value == token { tokens[client] = nil }
    }

    /// Fetches a token and tells all who wait for it.
    private func fetchForAll(_ client: OAuthClient) async -> Result<String, DeliveryFailure> {
        waiting[client] = []
        let result: Result<String, DeliveryFailure>
        do throws(DeliveryFailure) {
            result = .success(try await fetchAndKeep(client))
        } catch {
            result = .failure(error)
        }
        // The end of this one's time is not that of the others.
        let isBrokenOff = Task.isCancelled
        for turn in waiting.removeValue(forKey: client) ?? [] { turn.deliver(isBrokenOff ? nil : result) }
        return result
    }

    private func fetchAndKeep(_ client: OAuthClient) async throws(DeliveryFailure) -> String {
        let reply = try await fetch(client)
        guard !reply.accessToken.isEmpty, reply.accessToken.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw DeliveryFailure("The token endpoint gave a token that is none.")
        }
        let life = reply.expiresIn.map { Duration.seconds(min(max(0, $0), Self.lifeSecondsMax)) } ?? Self.standardLife
        if tokens.count >= Self.tokensMax { tokens = [:] }
        tokens[client] = Token(value: reply.accessToken, end: time.monotonicNow() + life - Self.margin)
        return reply.accessToken
    }

    private func fetch(_ client: OAuthClient) async throws(DeliveryFailure) -> Reply {
        let target: OutboundTarget
        do {
            target = try OutboundTarget(parsing: client.tokenURL)
        } catch {
            throw DeliveryFailure("The token endpoint has no valid URL.")
        }
        // Encoded as in a form before they are joined (RFC 6749 §2.3.1).
        let parts = [client.id, client.secret].map(PercentEncoding.encoded)
        let credentials = Data(parts.joined(separator: ":").utf8)
        let request = OutboundRequest(
            method: "POST",
            target: target,
            headers: [
                OutboundRequest.Header("Content-Type", Self.form), OutboundRequest.Header("Accept", "application/json"),
                OutboundRequest.Header("Authorization", "Basic \(credentials.base64EncodedString())"),
            ],
            body: Array("grant_type=client_credentials".utf8)
        )
        let answer: OutboundAnswer
        do {
            answer = try await caller.call(request)
        } catch {
            throw DeliveryFailure("No token: \(error.description)")
        }
        guard answer.status == 200, case .complete = answer.bodyEnd,
            let reply = try? JSONDecoder().decode(Reply.self, from: Data(answer.body))
        else {
            throw DeliveryFailure("No token: \(target.origin) answered with HTTP status \(answer.status).")
        }
        return reply
    }
}
