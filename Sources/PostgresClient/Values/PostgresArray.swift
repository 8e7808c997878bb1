/// The binary form of arrays.
enum PostgresArray {
    private static let headBytes = 12
    private static let dimensionBytes = 8

    /// Reads an array of at most one dimension.
    ///
    /// - Parameters:
    ///   - bytes: the array as it came.
    ///   - decode: reads an element that is not NULL; nil if it is none of the wanted type.
    /// - Returns: nil if this is no such array.
    static func elements<Value>(
        _ bytes: UnsafeRawBufferPointer,
        _ decode: (PostgresType, UnsafeRawBufferPointer) -> Value?
    ) -> [Value?]? {
        guard bytes.count >= headBytes else { return nil }
        let dimensions = bytes.bigEndian(Int32.self, at: 0)
        let type = PostgresType(oid: bytes.bigEndian(UInt32.self, at: 8))
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= headBytes + dimensionBytes else { return nil }
        let count = Int(bytes.bigEndian(Int32.self, at: headBytes))
        var place = headBytes + dimensionBytes
        var values: [Value?] = []
        // Each element takes its length at least.
        guard count >= 0, count <= (bytes.count - place) / 4 else { return nil }
        values.reserveCapacity(count)
        for _ in 0..<count {
            guard place + 4 <= bytes.count else { return nil }
            let length = Int(bytes.bigEndian(Int32.self, at: place))
            place += 4
            if length < 0 {
                values.append(nil)
                continue
            }
            guard length <= bytes.count - place,
                let value = decode(type, UnsafeRawBufferPointer(rebasing: bytes[place..<(place + length)]))
            else { return nil }
            values.append(value)
            place += length
        }
        return values
    }
}

extension UnsafeRawBufferPointer {
    func bigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(_ type: Integer.Type, at offset: Int) -> Integer {
        Integer(bigEndian: loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}
