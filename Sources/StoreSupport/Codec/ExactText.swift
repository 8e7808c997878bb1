/// A text that equals another only byte for byte, unlike Swift's own equality, for which two spellings of one
/// accented letter are the same.
package struct ExactText: Hashable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Equal bytes have equal hashes; String's own hash is that of the normalised text, which is coarser.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
