import FoundationEssentials

/// Name and password of an `Authorization: Basic` header (RFC 7617).
struct BasicCredentials: Sendable {
    let name: String
    let password: String

    /// Nil for another scheme and for what cannot be read.
    init?(_ header: String) {
        guard header.utf8.count <= HTTPLimits.authorizationBytesMax else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let data = Data(base64Encoded: String(parts[1])),
            !data.contains(0),
            let text = String(validating: data, as: UTF8.self),
            let colon = text.firstIndex(of: ":"), colon != text.startIndex
        else { return nil }
        name = String(text[..<colon])
        password = String(text[text.index(after: colon)...])
    }
}
