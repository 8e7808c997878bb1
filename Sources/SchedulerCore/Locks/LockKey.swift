/// What requests exclude each other by: an incompatibility with the value that they share, or the slots of a
/// definition (runtime §7.1).
package struct LockKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// An incompatibility, or the definition whose slots are counted.
    package let object: MetadataObjectID
    /// Of a DOMAIN incompatibility the property as text, where that is too long for an index its beginning and a hash;
    /// empty for all others.
    package let value: String

    /// - Parameters:
    ///   - object: an incompatibility, or a definition.
    ///   - value: of any length; what was shortened once stays as it is.
    package init(_ object: MetadataObjectID, value: String = "") {
        self.object = object
        self.value = value.utf8.count > Limits.lockValueBytes ? Self.shortened(value) : value
    }

    /// Whether it counts the slots of a definition, `SYS_EXT_maxConcurrent`.
    package var countsSlots: Bool { object.kind != .incompatibility }

    /// One text for all of it, what stores keep and order by.
    package var label: String { "\(object)\(Self.separator)\(value)" }

    package static func < (left: LockKey, right: LockKey) -> Bool { left.label < right.label }

    package var description: String { value.isEmpty ? object.description : "\(object) (\(value))" }

    /// Ends the object's id in a label.
    package static let separator: Character = "\u{1F}"

    /// Bytes of a hash, at most, with the separator before it.
    private static let hashBytes = 34

    private static func shortened(_ value: String) -> String {
        let start = value.bounded(toBytes: Limits.lockValueBytes - hashBytes)
        return "\(start)\(separator)\(hash(value))"
    }

    /// FNV-1a from two starting points, 128 bits in hexadecimal: the same on every node, for ever.
    private static func hash(_ text: String) -> String {
        var left: UInt64 = 0xcbf2_9ce4_8422_2325
        var right: UInt64 = 0x9ae1_6a3b_2f90_404f
        for byte in text.utf8 {
            left = (left ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            right = (right ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return String(left, radix: 16) + "." + String(right, radix: 16)
    }
}
