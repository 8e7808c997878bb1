extension ConfigurationTable {
    /// How the server listens, and what it takes from callers.
    static let http: [ConfigurationKey] = [
        ConfigurationKey(
            name: "http.host",
            type: .text,
            defaultText: "127.0.0.1",
            rule: .listenHost,
            summary: "Host name or address to listen on."
        ),
        ConfigurationKey(
            name: "http.port",
            type: .whole,
            defaultText: "8080",
            rule: .whole(0...65_535),
            summary: "Port to listen on; 0 takes a free one."
        ),
        ConfigurationKey(
            name: "http.publicUrl",
            type: .text,
            defaultText: nil,
            rule: .webAddress,
            summary: "Base of all links, as clients reach the server; without it host and port."
        ),
        ConfigurationKey(
            name: "http.allowInsecure",
            type: .flag,
            defaultText: "false",
            rule: .any,
            summary: "Whether other hosts may connect without TLS."
        ),
        ConfigurationKey(
            name: "http.maxBodySize",
            type: .size,
            defaultText: "4MiB",
            rule: .size(atLeast: 1),
            summary: "Largest body of a request."
        ),
        ConfigurationKey(
            name: "http.requestTimeout",
            type: .duration,
            defaultText: "30s",
            rule: .duration(.seconds(1), .seconds(3600)),
            summary: "How long the body of a request may take to arrive."
        ),
        ConfigurationKey(
            name: "http.idleTimeout",
            type: .duration,
            defaultText: "90s",
            rule: .duration(.seconds(1), .seconds(3600)),
            summary: "How long a connection may stand still, or take to bring the head of a request."
        ),
        ConfigurationKey(
            name: "http.rateLimit",
            type: .whole,
            defaultText: "0",
            rule: .whole(0...1_000_000),
            summary: "Calls a second of one user from one address, on average; 0 = without limit."
        ),
        ConfigurationKey(
            name: "http.rateBurst",
            type: .whole,
            defaultText: "100",
            rule: .whole(1...1_000_000),
            summary: "Calls at once of one user from one address, where their rate is limited."
        ),
        ConfigurationKey(
            name: "http.accessLog",
            type: .text,
            defaultText: "refused",
            rule: .oneOf(["refused", "all"]),
            summary: "Which calls the log tells of at level info."
        ),
        ConfigurationKey(
            name: "http.docsViewerDir",
            type: .path,
            defaultText: nil,
            rule: .any,
            summary: "Directory of the viewer that /api/v1/docs shows the API by; without it a plain list."
        ),
    ]
}
