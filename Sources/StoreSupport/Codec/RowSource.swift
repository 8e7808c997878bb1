/// Gives the values of a row, column by column.
package protocol RowSource: AnyObject {
    /// 0 where the column is NULL.
    func integer() -> Int64
    func optionalInteger() -> Int64?
    /// Empty where the column is NULL.
    func text() -> String
    func optionalText() -> String?
    /// Gives the bytes of a column, valid only inside `body`; nil where the column is NULL.
    func blob<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value?
}

extension RowSource {
    package func flag() -> Bool { integer() != 0 }
}
