import FoundationEssentials
import SchedulerCore

/// Tokens of clients, fetched when they are needed and kept until shortly before they expire.
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

    init(caller: OutboundCaller, time: any TimeSource) {
        self.caller = caller
        self.time = time
    }

    /// - Throws: `DeliveryFailure` that says nothing secret.
    func token(of client: OAuthClient) async throws -> String {
        if let known = tokens[client], known.end > time.monotonicNow() { return known.value }
        let reply = try await fetch(client)
        guard reply.accessToken.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw DeliveryFailure("The token endpoint gave a token that is none.")
        }
        let life = reply.expiresIn.map { Duration.seconds(min(max(0, $0), Self.lifeSecondsMax)) } ?? Self.standardLife
        if tokens.count >= Self.tokensMax { tokens = [:] }
        tokens[client] = Token(value: reply.accessToken, end: time.monotonicNow() + life - Self.margin)
        return reply.accessToken
    }

    /// A receiver refused it: the next try gets another one.
    func forget(_ client: OAuthClient) { tokens[client] = nil }

    private func fetch(_ client: OAuthClient) async throws -> Reply {
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
