/// Text of a stored password hash, not yet parsed, that hides itself from logs (administration §5.1).
package struct PasswordHashText: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Forms that are understood, by the text they begin with.
    package static let prefixes = ["$scrypt$", "$pbkdf2-sha256$"]

    package let text: String

    package init(_ text: String) { self.text = text }

    /// Whether the text begins as one of the understood forms and something follows.
    package var hasKnownForm: Bool {
        Self.prefixes.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
    }

    package var description: String { Parameter.maskedValue }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
