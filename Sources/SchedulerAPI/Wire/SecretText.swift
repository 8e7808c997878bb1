/// Text that must not reach logs, answers or error messages: passwords, client secrets, handles.
package struct SecretText: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package let value: String

    package init(_ value: String) { self.value = value }

    package var description: String { Self.mask }
    package var debugDescription: String { Self.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// What stands in place of a secret wherever one is shown (administration §5.5).
    package static let mask = "********"
}
