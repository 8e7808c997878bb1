import PostgresClient
import SchedulerCore
import StoreSupport

/// A reading connection with what it knows of labels. Stays on the thread of its reader.
final class ReadSession: PostgresSession {
    let connection: PostgresConnection
    let labels: Labels
    let codec: RequestCodec<Labels>

    init(_ options: PostgresOptions, statementTimeout: Duration) throws {
        var options = options
        options.statementTimeout = statementTimeout
        options.settings.merge(SessionSettings.reader) { _, ours in ours }
        connection = try PostgresConnection(options)
        labels = Labels(connection)
        codec = RequestCodec(labels: labels)
    }

    func query(_ statement: PostgresStatement, _ fill: (inout PostgresParameters) -> Void = { _ in }) throws
        -> PostgresResult
    {
        var parameters = PostgresParameters()
        fill(&parameters)
        return try connection.query(statement, parameters)
    }

    /// The request of a row and its side data, selected behind it: callback, parameters if they are wanted, plan.
    func detail(_ row: StoredRow, parameters: Bool) throws -> RequestDetail {
        let request = try codec.read(row)
        let callback = try row.blob(DetailCodec.callback)
        let list = parameters ? try row.blob(ParameterCodec.decode) : nil
        let schedule = try row.blob(PlanCodec.schedule) ?? nil
        return RequestDetail(request: request, parameters: list ?? [], callback: callback, schedule: schedule)
    }

    func list(_ query: RequestQuery) throws -> [RequestDetail] {
        let (statement, parameters) = Self.statement(query)
        let found = try connection.query(statement, parameters).stored {
            try detail($0, parameters: query.includesParameters)
        }
        return CompiledQuery.page(found, of: query)
    }

    /// Runs a statement whose values are planned for.
    func rows<Value>(_ text: SQLText, _ read: (StoredRow) throws -> Value) throws -> [Value] {
        let (statement, parameters) = Self.statement(text)
        return try connection.query(statement, parameters).stored(read)
    }

    /// The statement of a list with its values, planned for them each time: one plan for all would be wrong for most.
    static func statement(_ query: RequestQuery, prefix: String = "") -> (PostgresStatement, PostgresParameters) {
        Self.statement(CompiledQuery(query, in: .postgres).text, prefix: prefix)
    }

    static func statement(_ text: SQLText, prefix: String = "") -> (PostgresStatement, PostgresParameters) {
        var parameters = PostgresParameters()
        for value in text.values { parameters.append(value) }
        return (.once(prefix + text.numbered), parameters)
    }
}

extension SQLText {
    /// With `$1`, `$2`, … for the question marks, of which no other is in it.
    var numbered: String {
        var pieces = sql.split(separator: "?", omittingEmptySubsequences: false)[...]
        var numbered = String(pieces.removeFirst())
        for (number, (piece, value)) in zip(pieces, values).enumerated() {
            numbered += "$\(number + 1)::\(value.type)\(piece)"
        }
        return numbered
    }
}

extension SQLValue {
    fileprivate var type: String {
        switch self {
        case .integer: "bigint"
        case .text: "text"
        case .integers: "bigint[]"
        }
    }
}

extension PostgresParameters {
    fileprivate mutating func append(_ value: SQLValue) {
        switch value {
        case .integer(let number): append(number)
        case .text(let text): append(StoredText.encode(text))
        case .integers(let numbers): append(array: numbers)
        }
    }
}
