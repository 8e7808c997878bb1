/// Writes values one after the other, small numbers in few bytes: for what no query ever looks into.
package struct PackedWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Seven bits a byte, lowest first; numbers near zero are short whatever their sign.
    package mutating func integer(_ value: Int64) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    package mutating func number(_ value: Double) { integer(Int64(bitPattern: value.bitPattern)) }

    package mutating func duration(_ value: Duration) {
        let (seconds, attoseconds) = value.components
        integer(seconds)
        integer(attoseconds)
    }

    package mutating func text(_ value: String) {
        integer(Int64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// What another codec wrote, nil included.
    package mutating func packed(_ value: [UInt8]?) {
        integer(Int64(value?.count ?? 0))
        bytes.append(contentsOf: value ?? [])
    }

    package mutating func optionalText(_ value: String?) {
        byte(value == nil ? 0 : 1)
        if let value { text(value) }
    }
}
