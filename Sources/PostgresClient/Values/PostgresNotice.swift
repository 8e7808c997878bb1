/// What the server says beside the result of a statement: RAISE NOTICE and its like.
package struct PostgresNotice: Hashable, Sendable {
    /// `NOTICE`, `WARNING`, `INFO`, `LOG`, `DEBUG`, whatever the language of the server.
    package let severity: String
    package let message: String

    package init(severity: String, message: String) {
        self.severity = severity
        self.message = message
    }
}

/// Where the notices of a connection go; used on the thread of its calls alone.
final class NoticeSink {
    var receive: ((PostgresNotice) -> Void)?
}
