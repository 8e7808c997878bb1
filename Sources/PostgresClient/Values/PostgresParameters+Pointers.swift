extension PostgresParameters {
    typealias Pointer = UnsafePointer<CChar>?

    /// Calls `body` with what libpq wants: number, types, values, lengths and formats, valid only inside it.
    func withPointers<Value>(
        _ body: (
            Int32, UnsafePointer<UInt32>?, UnsafePointer<Pointer>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        let count = types.count
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: Pointer.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                    for index in 0..<count {
                        let start = bytes.baseAddress?.advanced(by: starts[index])
                        let value = lengths[index] < 0 ? nil : start?.assumingMemoryBound(to: CChar.self)
                        values.initializeElement(at: index, to: value)
                        formats.initializeElement(at: index, to: 1)
                    }
                    return types.withUnsafeBufferPointer { types in
                        lengths.withUnsafeBufferPointer { lengths in
                            body(
                                Int32(count),
                                types.baseAddress,
                                UnsafePointer(values.baseAddress),
                                lengths.baseAddress,
                                UnsafePointer(formats.baseAddress)
                            )
                        }
                    }
                }
            }
        }
    }
}
