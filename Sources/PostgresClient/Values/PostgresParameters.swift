@preconcurrency internal import Glibc

/// Values for `$1`, `$2`, … of a statement, in that order, in PostgreSQL's binary form; one buffer for all.
///
/// Each value says its type: `Int64` is an `int8` even where the column is an `int4`; the server converts.
package struct PostgresParameters: Sendable {
    /// Begins with a byte that belongs to none, so that even an empty value has an address.
    private(set) var bytes: [UInt8] = [0]
    private(set) var types: [UInt32] = []
    /// Where each value begins in `bytes`.
    private(set) var starts: [Int] = []
    /// Length of each value in bytes; -1 is NULL.
    private(set) var lengths: [Int32] = []
    /// Why these cannot be sent; the call that is given them throws it.
    private(set) var failure: PostgresError?

    package init() {}

    package var count: Int { types.count }

    /// Keeps the memory, drops the values.
    package mutating func removeAll() {
        bytes.removeLast(bytes.count - 1)
        types.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        failure = nil
    }

    // MARK: - Single values

    package mutating func append(_ value: Int64?) { append(single: value) }
    package mutating func append(_ value: Int32?) { append(single: value) }
    package mutating func append(_ value: Int?) { append(single: value.map { Int64($0) }) }
    package mutating func append(_ value: Bool?) { append(single: value) }
    package mutating func append(_ value: Double?) { append(single: value) }
    package mutating func append(_ value: String?) { append(single: value) }
    package mutating func append(_ value: [UInt8]?) { append(single: value) }

    /// Appends a `timestamptz`.
    ///
    /// - Parameter milliseconds: since 1970 in UTC.
    package mutating func append(instant milliseconds: Int64?) {
        append(single: milliseconds.map { PostgresInstant(milliseconds: $0) })
    }

    /// Appends a value in the binary form of its type, such as an array of a composite type.
    package mutating func append(encoded value: [UInt8], as type: PostgresType) {
        let start = begin(type)
        write(value)
        end(from: start)
    }

    // MARK: - Arrays

    package mutating func append(array: [Int64]) { append(elements: array) }
    package mutating func append(array: [Int64?]) { append(optionals: array) }
    package mutating func append(array: [Int32]) { append(elements: array) }
    package mutating func append(array: [Int32?]) { append(optionals: array) }
    package mutating func append(array: [Bool]) { append(elements: array) }
    package mutating func append(array: [Bool?]) { append(optionals: array) }
    package mutating func append(array: [Double]) { append(elements: array) }
    package mutating func append(array: [Double?]) { append(optionals: array) }
    package mutating func append(array: [String]) { append(elements: array) }
    package mutating func append(array: [String?]) { append(optionals: array) }
    package mutating func append(array: [[UInt8]]) { append(elements: array) }
    package mutating func append(array: [[UInt8]?]) { append(optionals: array) }

    // MARK: - Encoding

    /// Notes why the values cannot be sent; the first reason counts.
    mutating func refuse(_ message: String, sqlState: SQLState? = nil) {
        failure = failure ?? PostgresError(.misuse, message, sqlState: sqlState)
    }

    mutating func write(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ text: String) {
        var text = text
        let holdsNull = text.withUTF8 { utf8 -> Bool in
            bytes.append(contentsOf: utf8)
            guard let base = utf8.baseAddress else { return false }
            return memchr(base, 0, utf8.count) != nil
        }
        if holdsNull {
            refuse("a text holds a NUL, which PostgreSQL cannot store", sqlState: .characterNotInRepertoire)
        }
    }

    mutating func write(_ value: [UInt8]) { bytes.append(contentsOf: value) }

    private mutating func append<Value: PostgresValue>(single value: Value?) {
        let start = begin(Value.type)
        guard let value else { return lengths.append(-1) }
        value.write(to: &self)
        end(from: start)
    }

    private mutating func append<Value: PostgresValue>(elements: [Value]) {
        let start = beginArray(of: Value.self, count: elements.count, hasNulls: false)
        for element in elements { write(element: element) }
        end(from: start)
    }

    private mutating func append<Value: PostgresValue>(optionals: [Value?]) {
        let hasNulls = optionals.contains { $0 == nil }
        let start = beginArray(of: Value.self, count: optionals.count, hasNulls: hasNulls)
        for element in optionals {
            if let element { write(element: element) } else { write(-1 as Int32) }
        }
        end(from: start)
    }

    private mutating func begin(_ type: PostgresType) -> Int {
        types.append(type.oid)
        starts.append(bytes.count)
        return bytes.count
    }

    private mutating func end(from start: Int) {
        // Beyond the bound the call is refused, whatever the length says.
        lengths.append(Int32(clamping: bytes.count - start))
        if bytes.count > PostgresLimits.parameterBytesMax {
            refuse("parameters of more than \(PostgresLimits.parameterBytesMax) bytes")
        }
        if types.count > PostgresLimits.parametersMax {
            refuse("more than \(PostgresLimits.parametersMax) parameters")
        }
    }

    /// An empty array has no dimension, any other here one, whose indices begin at 1.
    private mutating func beginArray<Value: PostgresValue>(of: Value.Type, count: Int, hasNulls: Bool) -> Int {
        let start = begin(Value.arrayType)
        write(Int32(count == 0 ? 0 : 1))
        write(Int32(hasNulls ? 1 : 0))
        write(Value.type.oid)
        guard count > 0 else { return start }
        write(Int32(clamping: count))
        write(1 as Int32)
        return start
    }

    private mutating func write<Value: PostgresValue>(element: Value) {
        let place = bytes.count
        write(0 as Int32)
        element.write(to: &self)
        let length = UInt32(truncatingIfNeeded: bytes.count - place - 4)
        for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
    }
}
