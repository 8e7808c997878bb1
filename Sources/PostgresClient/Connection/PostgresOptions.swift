/// How to reach a database, and what a session there begins with.
package struct PostgresOptions: Sendable {
    /// libpq's URI or `key=value` string with all of its options: hosts, TLS, service files, …
    package let uri: String
    /// File whose first line is the password; it wins over the URI's.
    package var passwordFile: String?
    /// Shown in `pg_stat_activity`; the URI's wins.
    package var applicationName: String = "escapement"
    /// How long one statement may run; nil leaves what the server has.
    package var statementTimeout: Duration?
    /// How long the server may leave unanswered what was sent, or be silent altogether, before the connection counts as
    /// lost; the URI's options win. Both sides keep to it, so that neither keeps a session that the other has given up.
    package var patience: Duration = PostgresLimits.patienceMax
    /// Schema in which names are looked up first and alone.
    package var schema: String?
    /// Further settings of the session, by name.
    package var settings: [String: String] = [:]

    package init(uri: String) { self.uri = uri }

    /// Reads the options without connecting.
    ///
    /// - Throws: `PostgresError` where libpq cannot read the URI, or the password file cannot be used.
    package func check() throws(PostgresError) { _ = try ConnectionKeywords(self) }
}

extension PostgresOptions: CustomStringConvertible, CustomReflectable {
    /// Safe to log: the URI may hold a password.
    package var description: String { "PostgresOptions(\(applicationName))" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension PostgresOptions {
    /// What the session begins with.
    ///
    /// An acknowledged commit is on disk, here and on synchronous standbys: a server that was set to less is told to
    /// do it, one that was set to more keeps it.
    func openingStatement() -> (PostgresStatement, PostgresParameters) {
        var calls = [
            """
            set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)
            """
        ]
        var parameters = PostgresParameters()
        for (name, value) in allSettings.sorted(by: { $0.key < $1.key }) {
            parameters.append(name)
            parameters.append(value)
            calls.append("set_config($\(parameters.count - 1), $\(parameters.count), false)")
        }
        return (.once("SELECT " + calls.joined(separator: ", ")), parameters)
    }

    /// The parts of `patience`: half of it in silence, then a few questions.
    var keepAlive: (milliseconds: Int64, idleSeconds: Int64, intervalSeconds: Int64) {
        let (seconds, attoseconds) = patience.components
        let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        let interval = milliseconds / 2000 / Int64(PostgresLimits.keepAliveCount)
        return (milliseconds, max(1, milliseconds / 2000), max(1, interval))
    }

    private var allSettings: [String: String] {
        var all = [
            "tcp_user_timeout": "\(keepAlive.milliseconds)ms",
            "tcp_keepalives_idle": "\(keepAlive.idleSeconds)s",
            "tcp_keepalives_interval": "\(keepAlive.intervalSeconds)s",
            "tcp_keepalives_count": "\(PostgresLimits.keepAliveCount)",
        ]
        .merging(settings) { $1 }
        if let statementTimeout {
            let (seconds, attoseconds) = statementTimeout.components
            all["statement_timeout"] = "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
        }
        if let schema {
            all["search_path"] =
                "\""
                + schema.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\""
        }
        return all
    }
}
