internal import CLibPQ

/// A row whose columns are read in order, each once, straight from libpq's memory.
///
/// A misreading (NULL where a value is wanted, another type) gives a zero or an empty value and fails the whole row
/// after its reader has returned, so that readers need no `try` at each column.
package final class PostgresRow {
    private let result: PostgresResult
    private var row: Int32 = 0
    /// Next column to read, from 0.
    private var column: Int32 = 0
    private var failure: PostgresError?

    init(_ result: PostgresResult) { self.result = result }

    func read<Value>(_ index: Int32, _ body: (PostgresRow) throws -> Value) throws -> Value {
        row = index
        column = 0
        failure = nil
        // A misreading explains what the reader then threw, not the other way round.
        let value = Result { try body(self) }
        if let failure { throw failure }
        return try value.get()
    }

    /// Goes past a column.
    package func skip() { column += 1 }

    /// An `int2`, `int4`, `int8` or `oid`.
    package func integer() -> Int64 { optionalInteger() ?? refuseNull(0) }

    package func optionalInteger() -> Int64? {
        cell { type, bytes in Self.integer(type, bytes) }
    }

    package func flag() -> Bool { optionalFlag() ?? refuseNull(false) }

    package func optionalFlag() -> Bool? {
        cell { type, bytes in type == .bool && bytes.count == 1 ? bytes[0] != 0 : nil }
    }

    package func double() -> Double { optionalDouble() ?? refuseNull(0) }

    package func optionalDouble() -> Double? {
        cell { type, bytes in
            type == .float8 && bytes.count == 8 ? Double(bitPattern: bytes.bigEndian(UInt64.self, at: 0)) : nil
        }
    }

    /// A `text`, `varchar`, `char(n)`, `name`, `json` or `jsonb`.
    package func text() -> String { optionalText() ?? refuseNull("") }

    package func optionalText() -> String? {
        cell { type, bytes in
            switch type {
            case .text, .varchar, .bpchar, .name, .json: String(decoding: bytes, as: UTF8.self)
            // One byte of version stands before it.
            case .jsonb: String(decoding: bytes.dropFirst(), as: UTF8.self)
            default: nil
            }
        }
    }

    package func bytes() -> [UInt8] { optionalBytes() ?? refuseNull([]) }

    package func optionalBytes() -> [UInt8]? {
        cell { type, bytes in type == .bytea ? Array(bytes) : nil }
    }

    /// Gives the bytes of a `bytea`, valid only inside `body`; nil where the column is NULL.
    package func blob<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value? {
        guard let (type, bytes) = next() else { return nil }
        guard type == .bytea else {
            refuse("a bytea was wanted")
            return nil
        }
        return try body(bytes)
    }

    /// A `timestamptz` as milliseconds since 1970 in UTC.
    package func instant() -> Int64 { optionalInstant() ?? refuseNull(0) }

    package func optionalInstant() -> Int64? {
        cell { type, bytes in
            guard type == .timestamptz, bytes.count == 8 else { return nil }
            return PostgresInstant(microsecondsSince2000: bytes.bigEndian(Int64.self, at: 0)).milliseconds
        }
    }

    // MARK: - Arrays

    /// An array of integers; NULLs are kept.
    package func integers() -> [Int64?] {
        array { type, bytes in Self.integer(type, bytes) }
    }

    package func flags() -> [Bool?] {
        array { type, bytes in type == .bool && bytes.count == 1 ? bytes[0] != 0 : nil }
    }

    package func texts() -> [String?] {
        array { type, bytes in
            [.text, .varchar, .name].contains(type) ? String(decoding: bytes, as: UTF8.self) : nil
        }
    }

    package func blobs() -> [[UInt8]?] {
        array { type, bytes in type == .bytea ? Array(bytes) : nil }
    }

    // MARK: - Cells

    /// Type and bytes of the next column; nil where it is NULL.
    private func next() -> (PostgresType, UnsafeRawBufferPointer)? {
        defer { column += 1 }
        guard column < PQnfields(result.handle) else {
            refuse("the row has no such column")
            return nil
        }
        guard PQgetisnull(result.handle, row, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result.handle, row, column),
            count: Int(PQgetlength(result.handle, row, column))
        )
        return (PostgresType(oid: PQftype(result.handle, column)), bytes)
    }

    private func cell<Value>(_ decode: (PostgresType, UnsafeRawBufferPointer) -> Value?) -> Value? {
        guard let (type, bytes) = next() else { return nil }
        guard let value = decode(type, bytes) else {
            refuse("another type was wanted than \(type)")
            return nil
        }
        return value
    }

    private func array<Value>(_ decode: (PostgresType, UnsafeRawBufferPointer) -> Value?) -> [Value?] {
        guard let (type, bytes) = next() else { return refuseNull([]) }
        guard let elements = PostgresArray.elements(bytes, decode) else {
            refuse("another array was wanted than \(type)")
            return []
        }
        return elements
    }

    private static func integer(_ type: PostgresType, _ bytes: UnsafeRawBufferPointer) -> Int64? {
        switch (type, bytes.count) {
        case (.int8, 8): bytes.bigEndian(Int64.self, at: 0)
        case (.int4, 4): Int64(bytes.bigEndian(Int32.self, at: 0))
        case (.int2, 2): Int64(bytes.bigEndian(Int16.self, at: 0))
        case (.oid, 4): Int64(bytes.bigEndian(UInt32.self, at: 0))
        default: nil
        }
    }

    private func refuseNull<Value>(_ value: Value) -> Value {
        refuse("NULL where a value was wanted")
        return value
    }

    private func refuse(_ text: String) {
        guard failure == nil else { return }
        let name = PQfname(result.handle, column - 1).map { String(cString: $0) } ?? ""
        failure = PostgresError(.misuse, "column \(column) \(name): \(text)")
    }
}
