/// Which words may stand in a metadata id (administration §1.2).
package enum MetadataName {
    /// Last parts of the paths of the metadata API, which ids must not be mistaken for.
    private static let reserved: Set<String> = ["copy", "versions", "referrers", "permissions", "customizations"]

    /// A part of a package: ASCII letters, digits, `_`, `$`, `-`.
    package static func isSegment(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isSegmentByte) && !reserved.contains(String(text))
    }

    /// A name: what a segment may hold and `.`, in user names also `@` and `+`.
    package static func isName(_ text: some StringProtocol, of kind: MetadataKind) -> Bool {
        guard !text.isEmpty, text != ".", text != "..", !reserved.contains(String(text)) else { return false }
        return text.utf8.allSatisfy { byte in
            if isSegmentByte(byte) || byte == UInt8(ascii: ".") { return true }
            return kind == .user && (byte == UInt8(ascii: "@") || byte == UInt8(ascii: "+"))
        }
    }

    private static func isSegmentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
