import PostgresClient
import StoreSupport

/// A row of a result, read column by column.
final class StoredRow: RowSource {
    private let row: PostgresRow

    init(_ row: PostgresRow) { self.row = row }

    func integer() -> Int64 { row.integer() }

    func optionalInteger() -> Int64? { row.optionalInteger() }

    func text() -> String { StoredText.decode(row.text()) }

    func optionalText() -> String? { row.optionalText().map(StoredText.decode) }

    func blob<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value? { try row.blob(body) }
}

extension PostgresResult {
    func stored<Value>(_ read: (StoredRow) throws -> Value) throws -> [Value] {
        try rows { try read(StoredRow($0)) }
    }

    func firstStored<Value>(_ read: (StoredRow) throws -> Value?) throws -> Value? {
        try firstRow { try read(StoredRow($0)) }
    }
}
