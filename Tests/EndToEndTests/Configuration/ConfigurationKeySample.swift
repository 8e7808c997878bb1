/// For every key of the server a value that is not its default, as text and as the configuration shows
/// it. A56 tries each by each way; a key without a sample fails there.
struct ConfigurationKeySample: Sendable {
    let key: String
    let text: String
    /// How the value is shown; the text itself unless given.
    let shown: String
    /// Flags of keys that must be set with it.
    let others: [String]

    init(_ key: String, _ text: String, shown: String? = nil, with companions: [String] = []) {
        self.key = key
        self.text = text
        self.shown = shown ?? text
        let parts = key.split(separator: ".").map { part in
            part.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
        }
        let flag = "--" + parts.joined(separator: "-")
        let pairs = stride(from: 0, to: companions.count, by: 2).map { [companions[$0], companions[$0 + 1]] }
        others = pairs.filter { $0[0] != flag }.flatMap { $0 }
    }

    static let all = [
        ConfigurationKeySample("compatibility", "fusion"),
        ConfigurationKeySample("defaultApplication", "Ledger"),
        ConfigurationKeySample("dataDir", "/data"),
        ConfigurationKeySample("shutdownGrace", "2m"),
        ConfigurationKeySample("http.host", "127.0.0.2"),
        ConfigurationKeySample("http.port", "0"),
        ConfigurationKeySample("http.publicUrl", "https://sched.example.org/jobs"),
        ConfigurationKeySample("http.allowInsecure", "true"),
        ConfigurationKeySample("http.maxBodySize", "64KiB"),
        ConfigurationKeySample("http.requestTimeout", "5s"),
        ConfigurationKeySample("http.idleTimeout", "20s"),
        ConfigurationKeySample("http.rateLimit", "50"),
        ConfigurationKeySample("http.rateBurst", "200"),
        ConfigurationKeySample("http.accessLog", "all"),
        ConfigurationKeySample("http.docsViewerDir", "/usr/share/viewer"),
        ConfigurationKeySample("store.url", "sqlite:/data/other.db"),
        ConfigurationKeySample("store.passwordFile", "/keys/password"),
        ConfigurationKeySample("store.poolSize", "200"),
        ConfigurationKeySample("store.statementTimeout", "5s"),
        ConfigurationKeySample("store.autoMigrate", "false"),
        ConfigurationKeySample("cluster.name", "ledger"),
        ConfigurationKeySample("cluster.lease", "5s"),
        ConfigurationKeySample("node.name", "node-1"),
        ConfigurationKeySample("node.applications", "Ledger,Billing"),
        ConfigurationKeySample("node.logicalClusters", "night"),
        ConfigurationKeySample("processor.enabled", "false"),
        ConfigurationKeySample("processor.threads", "1000"),
        ConfigurationKeySample("processor.starvationThreshold", "20m"),
        ConfigurationKeySample("dispatcher.enabled", "false"),
        ConfigurationKeySample("dispatcher.maxPollInterval", "300s", shown: "5m"),
        ConfigurationKeySample("forceCancelAfter", "2s"),
        ConfigurationKeySample("cancelGrace", "500ms"),
        ConfigurationKeySample("recurrence.extensions", "false"),
        ConfigurationKeySample("recurrence.defaultTimeZone", "Europe/Berlin"),
        ConfigurationKeySample("outbound.allow", "127.0.0.0/8,*.example.org:8443"),
        ConfigurationKeySample("outbound.deny", "10.0.0.0/8"),
        ConfigurationKeySample("process.enabled", "false"),
        ConfigurationKeySample("process.allowRoot", "true"),
        ConfigurationKeySample("process.allowShell", "false"),
        ConfigurationKeySample("process.user", "nobody"),
        ConfigurationKeySample("process.allowedUsers", "nobody,escapement"),
        ConfigurationKeySample("process.environment", "PATH,HOME"),
        ConfigurationKeySample("process.workDir", "/jobs"),
        ConfigurationKeySample("process.limits.cpu", "600s", shown: "10m"),
        ConfigurationKeySample("process.limits.memory", "512MiB"),
        ConfigurationKeySample("process.limits.processes", "64"),
        ConfigurationKeySample("process.limits.fileSize", "1024", shown: "1KiB"),
        ConfigurationKeySample("process.limits.files", "256"),
        ConfigurationKeySample("content.dir", "/shared/content"),
        ConfigurationKeySample("metadata.directory", "documents", shown: "/srv/documents"),
        ConfigurationKeySample("metadata.mode", "seed"),
        ConfigurationKeySample("metadata.prune", "true"),
        ConfigurationKeySample("metadata.maxSize", "1024", shown: "1KiB"),
        // The only value that differs from the default is refused in this build, by name and origin.
        ConfigurationKeySample("auth.basic", "true"),
        ConfigurationKeySample("auth.passwordMinLength", "16"),
        ConfigurationKeySample("secrets.keyFile", "/keys/secret.key"),
        ConfigurationKeySample("log.level", "debug"),
        ConfigurationKeySample("log.format", "text"),
        ConfigurationKeySample("audit.retention", "720h", shown: "30d"),
        ConfigurationKeySample("purge.physicalAfter", "0s"),
        ConfigurationKeySample("purge.batchSize", "50"),
        ConfigurationKeySample("callback.horizon", "48h", shown: "2d"),
        ConfigurationKeySample("callback.maxPause", "250ms"),
        ConfigurationKeySample("callback.timeout", "5s"),
        ConfigurationKeySample("callback.signingKeyFile", "/keys/callback"),
        ConfigurationKeySample("callback.oauth.tokenUrl", "https://idp.example.org/token", with: oauth),
        ConfigurationKeySample("callback.oauth.clientId", "escapement", with: oauth),
        ConfigurationKeySample("callback.oauth.clientSecretFile", "/keys/client", with: oauth),
    ]

    /// All or none of these are set.
    private static let oauth = [
        "--callback-oauth-token-url", "https://a.example.org", "--callback-oauth-client-id", "a",
        "--callback-oauth-client-secret-file", "/keys/a",
    ]

    /// The key as nested YAML with this text as a plain scalar.
    var yaml: String {
        let parts = key.split(separator: ".")
        var lines: [String] = []
        for (depth, part) in parts.enumerated() {
            lines.append(String(repeating: "  ", count: depth) + part + ":")
        }
        return lines.joined(separator: "\n") + " " + (text.contains("*") ? "\"\(text)\"" : text) + "\n"
    }
}
