/// Where the store is, as `store.url` says it.
enum StoreURL: Sendable, Equatable {
    /// Path of the database file.
    case sqlite(path: String)
    /// libpq's URI with all of its options; it may hold a password.
    case postgres(uri: String)

    static let sqliteScheme = "sqlite:"
    static let postgresSchemes = ["postgresql://", "postgres://"]

    /// - Parameters:
    ///   - text: has passed the rule of the key.
    ///   - host: makes relative paths absolute.
    init(_ text: String, host: ConfigurationHost) {
        self =
            Self.isPostgres(text)
            ? .postgres(uri: text) : .sqlite(path: host.absolute(String(text.dropFirst(Self.sqliteScheme.count))))
    }

    static func isPostgres(_ text: String) -> Bool { postgresSchemes.contains(where: text.hasPrefix) }

    /// What is wrong with a text, or nil; a PostgreSQL URI is judged as libpq reads it, and never quoted.
    static func objection(to text: String) -> String? {
        if isPostgres(text) { return PostgresDatabase.objection(to: text) }
        guard text.hasPrefix(sqliteScheme) else {
            return "must be sqlite: and the path of the database file, or the URI of a PostgreSQL database"
        }
        let path = text.dropFirst(sqliteScheme.count)
        guard !path.isEmpty, !path.hasPrefix("//"), !path.hasPrefix(":"), !path.hasSuffix("/") else {
            return "must be sqlite: and the path of the database file, as in sqlite:/var/lib/escapement/escapement.db"
        }
        return nil
    }

    /// The text without the passwords that it may hold, wherever libpq would look for one, and wherever one may stand
    /// in a text that is mistaken: rather too much is hidden than too little.
    static func masked(_ text: String) -> String {
        guard !text.hasPrefix(sqliteScheme) else { return text }
        guard let scheme = text.firstRange(of: "://") else {
            return text.contains("=") || text.contains("@") ? ConfigurationSetting.mask : text
        }
        var rest = text[scheme.upperBound...]
        var shown = String(text[..<scheme.upperBound])
        // A password with an unescaped @ or / reaches up to the last of these.
        if let at = rest.lastIndex(of: "@") {
            let user = rest[..<at]
            let name = user.prefix { !":/?".contains($0) }
            shown += name
            if name.endIndex != user.endIndex { shown += ":" + ConfigurationSetting.mask }
            // It may as well stand in a parameter: then nobody can tell where the password ends.
            guard !user.contains("?") else { return shown }
            rest = rest[at...]
        }
        guard let question = rest.firstIndex(of: "?") else { return shown + rest }
        let parameters = rest[rest.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
        return shown + rest[...question] + parameters.map(maskedParameter).joined(separator: "&")
    }

    private static func maskedParameter(_ parameter: Substring) -> String {
        let name = parameter.prefix { $0 != "=" }
        guard name.count < parameter.count, !openParameters.contains(String(name)) else { return String(parameter) }
        return "\(name)=\(ConfigurationSetting.mask)"
    }

    /// Options whose values are no secrets; those of any other name, also of one in odd spelling, are hidden.
    private static let openParameters: Set<String> = [
        "host", "hostaddr", "port", "dbname", "user", "passfile", "application_name", "connect_timeout", "options",
        "sslmode", "sslnegotiation", "sslrootcert", "sslcert", "sslkey", "sslcrl", "ssl_min_protocol_version",
        "channel_binding", "require_auth", "target_session_attrs", "load_balance_hosts", "keepalives",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "gssencmode", "service",
    ]
}

extension StoreURL: CustomStringConvertible, CustomReflectable {
    /// Safe to log.
    var description: String {
        switch self {
        case .sqlite(let path): Self.sqliteScheme + path
        case .postgres(let uri): Self.masked(uri)
        }
    }

    var customMirror: Mirror { Mirror(self, children: []) }
}
