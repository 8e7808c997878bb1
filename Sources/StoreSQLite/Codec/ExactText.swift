/// A text that equals another only byte for byte, unlike Swift's own equality, for which two spellings of one
/// accented letter are the same.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Equal bytes have equal hashes; String's own hash is that of the normalised text, which is coarser.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
