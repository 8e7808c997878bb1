/// Finds the values of tokens at the start of an invocation (runtime §9.4).
package struct TokenResolver: Sendable {
    /// Value of a property or secret for a request; nil if there is none it may use.
    package typealias Lookup = @Sendable (TokenTemplate.Token, JobRequest) async throws -> String?

    private let lookup: Lookup

    /// - Parameter lookup: asked for every token that is not one of the request itself.
    package init(lookup: @escaping Lookup = { _, _ in nil }) { self.lookup = lookup }

    /// Values of all tokens of the templates.
    ///
    /// - Throws: `TokenError` naming the first token without a value.
    package func values(
        of templates: [TokenTemplate],
        for invocation: Invocation
    ) async throws(TokenError) -> TokenValues {
        var values: [TokenTemplate.Token: String] = [:]
        for token in templates.flatMap(\.tokens) where values[token] == nil {
            values[token] = try await value(of: token, for: invocation)
        }
        return TokenValues(values)
    }

    private func value(
        of token: TokenTemplate.Token,
        for invocation: Invocation
    ) async throws(TokenError) -> String {
        var found: String?
        if token.source == .request {
            found = invocation.tokenValue(token.name)
        } else {
            do {
                found = try await lookup(token, invocation.request)
            } catch {
                throw TokenError(description: "The value of the token \(token) could not be read.")
            }
        }
        guard let found else { throw TokenError(description: "The token \(token) has no value.") }
        return found
    }
}

/// Values of tokens, found before. Some are secrets: never logged.
package struct TokenValues: Sendable {
    private let values: [TokenTemplate.Token: String]

    package init(_ values: [TokenTemplate.Token: String]) { self.values = values }

    /// - Throws: `TokenError` if the token was in none of the templates.
    package func value(of token: TokenTemplate.Token) throws(TokenError) -> String {
        guard let value = values[token] else { throw TokenError(description: "The token \(token) has no value.") }
        return value
    }
}

/// A token has no value; the text names the token, never a value.
package struct TokenError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}
