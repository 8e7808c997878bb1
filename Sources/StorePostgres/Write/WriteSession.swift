import PostgresClient
import SchedulerCore
import StoreSupport

/// A writing connection with what it knows of labels and types. Stays on the thread of its writer.
final class WriteSession: PostgresSession {
    let connection: PostgresConnection
    let labels: Labels
    let codec: RequestCodec<Labels>
    let types: RowTypes

    init(_ options: PostgresOptions) throws {
        var options = options
        options.settings.merge(SessionSettings.writer(patience: options.patience)) { _, ours in ours }
        connection = try PostgresConnection(options)
        labels = Labels(connection)
        codec = RequestCodec(labels: labels)
        types = try RowTypes(connection)
    }

    /// Sends statements in order, one behind the other, and waits for their results once; where one fails, those
    /// behind it are not run.
    func exchange(_ calls: [Call]) throws -> [PostgresResult] {
        var batch = PostgresBatch()
        for call in calls { batch.append(call.statement, call.parameters) }
        return try connection.transactionPipeline(batch)
    }

    /// Ends a transaction without a trace. A connection that cannot do that is of no use any more.
    func rollback() {
        guard connection.transactionStatus != .idle else { return }
        do { try connection.execute("ROLLBACK") } catch { connection.close() }
    }

    func query(_ statement: PostgresStatement, _ fill: (inout PostgresParameters) -> Void = { _ in }) throws
        -> PostgresResult
    {
        let call = Call(statement, fill)
        return try connection.query(call.statement, call.parameters)
    }

    /// A statement with its parameters.
    struct Call {
        let statement: PostgresStatement
        let parameters: PostgresParameters

        init(_ statement: PostgresStatement, _ fill: (inout PostgresParameters) -> Void = { _ in }) {
            self.statement = statement
            var parameters = PostgresParameters()
            fill(&parameters)
            self.parameters = parameters
        }

        /// A statement whose one array is filled with rows.
        init(_ statement: PostgresStatement, rows: RowArray, count: Int? = nil) {
            self.init(statement) { parameters in
                // The statement says which array it is.
                parameters.append(encoded: rows.parameter, as: PostgresType(oid: 0))
                if let count { parameters.append(count) }
            }
        }
    }
}

/// The composite types of the schema, by the numbers that this database gave them.
struct RowTypes {
    let fact: PostgresType
    let course: PostgresType
    let detail: PostgresType
    let step: PostgresType
    let audit: PostgresType
    let plan: PostgresType
    let skip: PostgresType
    let lock: PostgresType
    let outbox: PostgresType
    let call: PostgresType

    init(_ connection: PostgresConnection) throws {
        let names = [
            "fact_row_2", "course_row_3", "detail_row_1", "step_row_1", "audit_row_3", "plan_row_1", "skip_row_1",
            "lock_row_1", "outbox_row_1", "call_row_1",
        ]
        let list = names.map { "'\($0)'::regtype::oid" }.joined(separator: ", ")
        let types = try connection.query(.once("SELECT \(list)")).firstRow { row in
            names.map { _ in PostgresType(oid: UInt32(clamping: row.integer())) }
        }
        guard let types, types.count == names.count else { throw StoreFault("the schema lacks its row types") }
        (fact, course, detail, step, audit) = (types[0], types[1], types[2], types[3], types[4])
        (plan, skip, lock, outbox, call) = (types[5], types[6], types[7], types[8], types[9])
    }
}
