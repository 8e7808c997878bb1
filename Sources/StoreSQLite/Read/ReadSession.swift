import SchedulerCore
import StoreSupport

/// A reading connection with its statements. Stays on the thread of its reader.
final class ReadSession {
    let labels: LabelTable
    let codec: RequestCodec<LabelTable>
    let statements: StatementCache
    /// The read that is asked for most.
    let request: SQLiteStatement
    let deadline: ReadDeadline
    private let beginTransaction: SQLiteStatement
    private let commitTransaction: SQLiteStatement

    init(_ connection: OpaquePointer, time: any TimeSource, limit: Duration) throws(SQLiteFailure) {
        labels = try LabelTable(connection, writes: false)
        codec = RequestCodec(labels: labels)
        statements = StatementCache(connection)
        request = try SQLiteStatement(connection, ListQueries.request)
        beginTransaction = try SQLiteStatement(connection, "BEGIN")
        commitTransaction = try SQLiteStatement(connection, "COMMIT")
        deadline = ReadDeadline(connection, time: time, limit: limit)
    }

    func begin() throws(SQLiteFailure) { try beginTransaction.run() }

    func end() throws(SQLiteFailure) { try commitTransaction.run() }

    /// The request of a row and its side data, selected behind it: callback, parameters if they are wanted, plan.
    func detail(_ row: SQLiteStatement, parameters: Bool) throws -> RequestDetail {
        let request = try codec.read(row)
        let callback = try row.blob(DetailCodec.callback)
        let list = parameters ? try row.blob(ParameterCodec.decode) : nil
        let schedule = try row.blob(PlanCodec.schedule) ?? nil
        return RequestDetail(request: request, parameters: list ?? [], callback: callback, schedule: schedule)
    }
}
