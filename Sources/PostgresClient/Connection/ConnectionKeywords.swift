internal import CLibPQ
@preconcurrency internal import Glibc

/// The keywords and values that libpq connects with, in order; the last of two wins.
struct ConnectionKeywords {
    private(set) var pairs: [(keyword: String, value: String)]

    /// - Throws: `PostgresError` where the URI is none or the password file cannot be used; neither is quoted.
    init(_ options: PostgresOptions) throws(PostgresError) {
        try Self.check(options.uri)
        pairs = [
            ("connect_timeout", "\(max(PostgresLimits.connectSecondsMin, options.keepAlive.idleSeconds))"),
            ("keepalives_idle", "\(options.keepAlive.idleSeconds)"),
            ("keepalives_interval", "\(options.keepAlive.intervalSeconds)"),
            ("keepalives_count", "\(PostgresLimits.keepAliveCount)"),
            ("tcp_user_timeout", "\(options.keepAlive.milliseconds)"),
            ("application_name", options.applicationName),
            // Above are defaults, below is what we rely on.
            ("dbname", options.uri),
            ("client_encoding", "UTF8"),
        ]
        if let file = options.passwordFile { pairs.append(("password", try Self.password(in: file))) }
    }

    /// Calls `body` with the arrays that libpq wants, valid only inside it.
    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Value?
    ) -> Value? {
        let keywords = pairs.map { strdup($0.keyword) }
        let values = pairs.map { strdup($0.value) }
        defer { (keywords + values).forEach { free($0) } }
        let constantKeywords = keywords.map { UnsafePointer($0) } + [nil]
        let constantValues = values.map { UnsafePointer($0) } + [nil]
        return constantKeywords.withUnsafeBufferPointer { keywords in
            constantValues.withUnsafeBufferPointer { values in
                guard let keywords = keywords.baseAddress, let values = values.baseAddress else { return nil }
                return body(keywords, values)
            }
        }
    }

    /// libpq's own messages about a URI quote it, password and all; only what stands before the quote is passed on.
    private static func check(_ uri: String) throws(PostgresError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(uri, &message) else {
            let text = message.map { String(cString: $0) } ?? "out of memory"
            PQfreemem(message)
            let reason = text.prefix { $0 != "\"" && $0 != "\n" }
            throw PostgresError(.notConnected, "the PostgreSQL URI cannot be read: \(reason)…")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                try check(String(cString: keyword), String(cString: value))
            }
            option += 1
        }
    }

    /// A password with an unescaped `@`, `/` or `:` ends up in other parts, which messages about them would quote.
    private static func check(_ keyword: String, _ value: String) throws(PostgresError) {
        let isOdd =
            switch keyword {
            // A name that begins with @ is a socket without a file.
            case "host": value.split(separator: ",").contains { $0.dropFirst().contains("@") }
            case "port": !value.allSatisfy { $0.isASCII && $0.isNumber || $0 == "," }
            default: false
            }
        guard isOdd else { return }
        let advice = "write @, / and : in a password as %40, %2F and %3A"
        throw PostgresError(.notConnected, "the PostgreSQL URI has an impossible \(keyword); \(advice)")
    }

    private static func password(in path: String) throws(PostgresError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw unusable(path, String(cString: strerror(errno))) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: PostgresLimits.passwordFileBytesMax + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw unusable(path, String(cString: strerror(errno))) }
        guard count < bytes.count else {
            throw unusable(path, "longer than \(PostgresLimits.passwordFileBytesMax) bytes")
        }
        let line = bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty, !line.contains(0) else { throw unusable(path, "its first line is no password") }
        return String(decoding: line, as: UTF8.self)
    }

    private static func unusable(_ path: String, _ reason: String) -> PostgresError {
        PostgresError(.notConnected, "password file \(path): \(reason)")
    }
}
