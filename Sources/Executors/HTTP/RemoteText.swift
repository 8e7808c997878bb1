import SchedulerCore

/// Words of a remote job, made fit for messages that many may read.
struct RemoteText {
    /// What stands in the place of the handle, should a remote job quote it.
    private static let mask = "********"
    /// Bytes of a body that an error quotes.
    private static let excerptBytes = 512

    /// The handle of the invocation.
    let secret: String

    /// The text without control characters and without the handle, at most `Limits.messageBytes`; nil for none.
    func plain(_ text: String?) -> String? {
        guard let text else { return nil }
        let masked = secret.isEmpty ? text : text.replacing(secret, with: Self.mask)
        let scalars = masked.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : scalar
        }
        let result = String(String.UnicodeScalarView(scalars)).bounded(toBytes: Limits.messageBytes)
        return result.allSatisfy(\.isWhitespace) ? nil : result
    }

    /// Beginning of a body that is plain text; nil for markup, JSON and binary.
    func excerpt(_ body: [UInt8]) -> String? {
        let start = String(decoding: body.prefix(Self.excerptBytes), as: UTF8.self)
        guard let first = start.first(where: { !$0.isWhitespace }), !"<{[\u{FFFD}".contains(first) else { return nil }
        return plain(start)
    }
}
