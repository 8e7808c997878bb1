internal import CLibPQ

extension PostgresError {
    /// Why a connection did not come about.
    init(connecting handle: OpaquePointer) {
        self.init(.notConnected, Self.message(of: handle))
    }

    /// Why a statement failed.
    ///
    /// - Parameters:
    ///   - result: what libpq made of the server's answer; nil if there was none.
    ///   - handle: the connection, of which the error may have been the end.
    init(failed result: OpaquePointer?, on handle: OpaquePointer) {
        let isLost = PQstatus(handle) != CONNECTION_OK
        let state = result.flatMap { Self.field(.sqlState, of: $0) }
        let cause: Cause = isLost ? .connectionLost : .server
        guard let result, let message = Self.field(.message, of: result) else {
            self.init(cause, Self.message(of: handle), sqlState: state.map { SQLState($0) })
            return
        }
        self.init(
            cause,
            message,
            sqlState: state.map { SQLState($0) },
            constraint: Self.field(.constraint, of: result),
            table: Self.field(.table, of: result)
        )
    }

    /// The notice that libpq hands over; nil for one without words.
    static func notice(_ result: OpaquePointer) -> PostgresNotice? {
        guard let message = field(.message, of: result) else { return nil }
        return PostgresNotice(severity: field(.severity, of: result) ?? "NOTICE", message: message)
    }

    /// Fields of an error by their letters in the protocol; the header has them as macros that Swift does not see.
    private enum Field: Character {
        case severity = "V"
        case sqlState = "C"
        case message = "M"
        case table = "t"
        case constraint = "n"
    }

    private static func field(_ field: Field, of result: OpaquePointer) -> String? {
        guard let code = field.rawValue.asciiValue else { return nil }
        return PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
    }

    private static func message(of handle: OpaquePointer) -> String {
        PQerrorMessage(handle).map { String(cString: $0) }?.trimmed ?? "unknown"
    }
}

extension String {
    /// Without the line ends that libpq puts last.
    var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
