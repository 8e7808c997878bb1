import PostgresClient
import StoreSupport

/// Rows as one array of a composite type, in PostgreSQL's binary form: what `unnest` turns into a table again.
///
/// The type's columns are `bigint`, `text` and `bytea` alone.
final class RowArray: RowSink {
    /// Begins with the head of an array of one dimension.
    private var bytes: [UInt8] = []
    private(set) var count = 0
    private let columns: Int

    /// Where the head says how many rows there are.
    private static let countPlace = 12

    /// - Parameters:
    ///   - elementType: the composite type.
    ///   - columns: how many it has.
    init(_ elementType: PostgresType, columns: Int) {
        self.columns = columns
        write(1 as Int32)
        write(0 as Int32)
        write(elementType.oid)
        write(0 as Int32)
        write(1 as Int32)
    }

    /// Adds a row.
    ///
    /// - Parameter bind: binds all columns in order.
    /// - Throws: what `bind` throws.
    func append(_ bind: (RowArray) throws -> Void) rethrows {
        let start = bytes.count
        write(0 as Int32)
        write(Int32(columns))
        try bind(self)
        put(Int32(bytes.count - start - 4), at: start)
        count += 1
        put(Int32(count), at: Self.countPlace)
    }

    /// The array, as the value of a parameter; at least one row must be in it.
    var parameter: [UInt8] { bytes }

    // MARK: - Columns

    func bind(_ value: Int64) {
        write(PostgresType.int8.oid)
        write(8 as Int32)
        write(value)
    }

    func bind(_ value: Int64?) {
        guard let value else { return bindNull(.int8) }
        bind(value)
    }

    func bind(_ value: String) {
        write(PostgresType.text.oid)
        var text = StoredText.encode(value)
        text.withUTF8 { utf8 in
            write(Int32(clamping: utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    func bind(_ value: String?) {
        guard let value else { return bindNull(.text) }
        bind(value)
    }

    func bind(_ value: [UInt8]?) {
        guard let value else { return bindNull(.bytea) }
        write(PostgresType.bytea.oid)
        write(Int32(clamping: value.count))
        bytes.append(contentsOf: value)
    }

    private func bindNull(_ type: PostgresType) {
        write(type.oid)
        write(-1 as Int32)
    }

    private func put(_ value: Int32, at place: Int) {
        withUnsafeBytes(of: value.bigEndian) { bytes.replaceSubrange(place..<(place + 4), with: $0) }
    }

    private func write(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
