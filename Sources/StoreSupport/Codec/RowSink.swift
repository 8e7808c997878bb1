/// Takes the values of a row, column by column.
package protocol RowSink: AnyObject {
    func bind(_ value: Int64)
    func bind(_ value: Int64?)
    func bind(_ value: String)
    func bind(_ value: String?)
    func bind(_ value: [UInt8]?)
}

extension RowSink {
    package func bind(_ value: Int) { bind(Int64(value)) }

    package func bind(_ value: Bool) { bind(value ? 1 as Int64 : 0) }
}
