/// The value of an attribute or of an element without children.
struct FoundText: Hashable {
    /// As it stands there.
    let raw: String
    let place: ImportPlace

    /// Without blanks around it.
    var text: String { raw.trimmingXMLBlanks }
}

extension StringProtocol {
    /// Without what XML calls blanks, and no-break spaces, at both ends.
    var trimmingXMLBlanks: String {
        let start = drop(while: \.isXMLBlank)
        guard let last = start.lastIndex(where: { !$0.isXMLBlank }) else { return "" }
        return String(start[...last])
    }

    /// With `_` for each blank in it.
    var replacingXMLBlanks: String { String(map { $0.isXMLBlank ? "_" : $0 }) }
}

extension Character {
    fileprivate var isXMLBlank: Bool { self == "\u{A0}" || isWhitespace }
}
