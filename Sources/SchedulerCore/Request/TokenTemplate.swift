/// A parameter value with tokens (runtime §9.4): `${ESS_REQ:x}`, `${APP_ENV:x}`, `${ESS_ENV:x}`, `${SECRET:x}`.
///
/// `$${` is a literal `${`; every other `$` is itself. What takes the place of a token is never searched for tokens.
package struct TokenTemplate: Hashable, Sendable {
    /// Where the value of a token comes from.
    package enum Source: String, CaseIterable, Hashable, Sendable {
        /// Facts and parameters of the request.
        case request = "ESS_REQ"
        /// Properties of the request's application.
        case applicationProperty = "APP_ENV"
        /// Properties of the scheduler.
        case schedulerProperty = "ESS_ENV"
        case secret = "SECRET"
    }

    /// One token; `description` is its spelling.
    package struct Token: Hashable, Sendable, CustomStringConvertible {
        package let source: Source
        /// Not empty, without `}`.
        package let name: String

        package init(source: Source, name: String) {
            self.source = source
            self.name = name
        }

        package var description: String { "${\(source.rawValue):\(name)}" }
    }

    package enum Part: Hashable, Sendable {
        case text(String)
        case token(Token)
    }

    /// Bytes of a bad token that its error quotes.
    private static let quotedBytes = 64

    /// In order; no two texts in a row, no empty text.
    package let parts: [Part]

    /// - Throws: ESS-05026 naming the first `${…}` that is no token, or that has no end.
    package init(parsing text: String) throws(SchedulerError) {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            parts = text.isEmpty ? [] : [.text(text)]
            return
        }
        var reader = Reader(Array(text.utf8))
        parts = try reader.run()
    }

    package var tokens: [Token] {
        parts.compactMap { part in
            if case .token(let token) = part { token } else { nil }
        }
    }

    /// The text with a value in the place of each token.
    package func resolved<Failure: Error>(
        _ value: (Token) throws(Failure) -> String
    ) throws(Failure) -> String {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .token(let token): result += try value(token)
            }
        }
        return result
    }

    /// Works on bytes: a combining mark behind a brace must not hide it.
    private struct Reader {
        private let bytes: [UInt8]
        private var position = 0
        private var literal: [UInt8] = []
        private var parts: [Part] = []

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func run() throws(SchedulerError) -> [Part] {
            while position < bytes.count {
                if starts(with: "$${") {
                    literal += Array("${".utf8)
                    position += 3
                } else if starts(with: "${") {
                    try takeToken()
                } else {
                    literal.append(bytes[position])
                    position += 1
                }
            }
            endLiteral()
            return parts
        }

        private func starts(with mark: StaticString) -> Bool {
            position + mark.utf8CodeUnitCount <= bytes.count
                && mark.withUTF8Buffer { $0.elementsEqual(bytes[position..<(position + $0.count)]) }
        }

        private mutating func takeToken() throws(SchedulerError) {
            let rest = bytes[position...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw unknown(rest) }
            let inside = bytes[(position + 2)..<end]
            guard let colon = inside.firstIndex(of: UInt8(ascii: ":")), colon + 1 < end,
                let source = Source(rawValue: String(decoding: inside[..<colon], as: UTF8.self))
            else { throw unknown(bytes[position...end]) }
            endLiteral()
            let name = String(decoding: inside[(colon + 1)...], as: UTF8.self)
            parts.append(.token(Token(source: source, name: name)))
            position = end + 1
        }

        private mutating func endLiteral() {
            if !literal.isEmpty { parts.append(.text(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }

        private func unknown(_ token: ArraySlice<UInt8>) -> SchedulerError {
            SchedulerError(5026, String(decoding: token, as: UTF8.self).bounded(toBytes: TokenTemplate.quotedBytes))
        }
    }
}
