package import SchedulerCore

/// Reads what `PackedWriter` wrote; anything else is a fault of the file.
package struct PackedReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package mutating func byte() throws(StoreFault) -> UInt8 {
        guard position < bytes.count else { throw Self.corrupt }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func integer() throws(StoreFault) -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 64 else { throw Self.corrupt }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { break }
            shift += 7
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    package mutating func number() throws(StoreFault) -> Double {
        Double(bitPattern: UInt64(bitPattern: try integer()))
    }

    package mutating func duration() throws(StoreFault) -> Duration {
        let seconds = try integer()
        return Duration(secondsComponent: seconds, attosecondsComponent: try integer())
    }

    package mutating func text() throws(StoreFault) -> String {
        let count = try count()
        defer { position += count }
        return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
    }

    /// A number of things that follow, each of which takes a byte at least.
    package mutating func count() throws(StoreFault) -> Int {
        let count = try integer()
        guard count >= 0, count <= Int64(bytes.count - position) else { throw Self.corrupt }
        return Int(count)
    }

    /// Gives what another codec wrote; nil where that wrote nothing.
    package mutating func packed<Value>(
        _ body: (UnsafeRawBufferPointer) throws(StoreFault) -> Value
    ) throws(StoreFault) -> Value? {
        let count = try count()
        guard count > 0 else { return nil }
        defer { position += count }
        return try body(UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]))
    }

    package mutating func optionalText() throws(StoreFault) -> String? {
        try byte() == 0 ? nil : try text()
    }

    package static let corrupt = StoreFault("a packed column of the database does not have the form it was written in")
}
