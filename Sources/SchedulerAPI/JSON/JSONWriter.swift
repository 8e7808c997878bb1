package import SchedulerCore

/// Appends a JSON text to bytes: commas and escapes are its business, names, order and nesting the caller's.
///
/// There is no way to write a null: absent members are left out (REST §2.5).
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Whether a value stands directly before, so that the next one needs a comma.
    private var followsValue = false

    package init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    package mutating func beginObject() { begin(UInt8(ascii: "{")) }

    package mutating func endObject() { end(UInt8(ascii: "}")) }

    package mutating func beginArray() { begin(UInt8(ascii: "[")) }

    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// The name of the member whose value is written next.
    package mutating func name(_ name: JSONName) {
        if followsValue {
            bytes.append(contentsOf: name.encoded)
        } else {
            bytes.append(contentsOf: name.encoded.dropFirst())
        }
        followsValue = false
    }

    package mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        appendEscaped(text)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func value(_ number: Int64) {
        separate()
        bytes.append(decimal: number)
    }

    package mutating func value(_ number: Int) { value(Int64(number)) }

    package mutating func value(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: flag ? Self.trueWord : Self.falseWord)
    }

    /// UTC with milliseconds in quotes (REST §2.5).
    package mutating func value(_ instant: Timestamp) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(rfc3339: instant)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A value that is JSON already.
    package mutating func value(encoded: [UInt8]) {
        separate()
        bytes.append(contentsOf: encoded)
    }

    /// A value that is JSON already but for a number in its midst.
    package mutating func value(encoded head: [UInt8], _ number: Int64, _ tail: [UInt8]) {
        separate()
        bytes.append(contentsOf: head)
        bytes.append(decimal: number)
        bytes.append(contentsOf: tail)
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        followsValue = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        followsValue = true
    }

    private mutating func separate() {
        if followsValue { bytes.append(UInt8(ascii: ",")) }
        followsValue = true
    }

    /// Most texts need no escape: they are copied whole, then looked at, and rewritten from the first byte on that
    /// may not stand for itself.
    private mutating func appendEscaped(_ text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        var first = start
        while first < bytes.count, !Self.needsEscape(bytes[first]) { first += 1 }
        guard first < bytes.count else { return }
        let rest = Array(bytes[first...])
        bytes.removeLast(rest.count)
        for byte in rest {
            if Self.needsEscape(byte) { appendEscape(of: byte) } else { bytes.append(byte) }
        }
    }

    private mutating func appendEscape(of byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Self.hexadecimalDigits[Int(byte >> 4)])
            bytes.append(Self.hexadecimalDigits[Int(byte & 15)])
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)
    private static let trueWord = Array("true".utf8)
    private static let falseWord = Array("false".utf8)
}

extension JSONWriter {
    /// Writes the member unless the value is nil.
    package mutating func member(_ name: JSONName, _ text: String?) {
        guard let text else { return }
        self.name(name)
        value(text)
    }

    package mutating func member(_ name: JSONName, _ number: Int64?) {
        guard let number else { return }
        self.name(name)
        value(number)
    }

    package mutating func member(_ name: JSONName, _ number: Int?) {
        guard let number else { return }
        self.name(name)
        value(number)
    }

    package mutating func member(_ name: JSONName, _ flag: Bool?) {
        guard let flag else { return }
        self.name(name)
        value(flag)
    }

    package mutating func member(_ name: JSONName, _ instant: Timestamp?) {
        guard let instant else { return }
        self.name(name)
        value(instant)
    }
}
