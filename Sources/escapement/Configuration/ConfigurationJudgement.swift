/// What is wrong or doubtful about settings taken together, though each is fine by itself.
struct ConfigurationJudgement {
    private let settings: [ConfigurationSetting]
    private let values: SettingValues
    private let host: ConfigurationHost

    init(settings: [ConfigurationSetting], host: ConfigurationHost) {
        self.settings = settings
        self.host = host
        values = SettingValues(settings)
    }

    /// Settings that exclude each other.
    var contradictions: [ConfigurationProblem] {
        var found: [ConfigurationProblem] = []
        if isReachable, !values.flag("http.allowInsecure") {
            let message =
                "\(values.text("http.host")) can be reached from other hosts, without TLS:"
                + " listen on 127.0.0.1, or set http.allowInsecure"
            found.append(contradiction("http.host", message))
        }
        if !values.flag("auth.basic") {
            found.append(contradiction("auth.basic", "is false, but no other way to sign in is on"))
        }
        for setting in settings where setting.key.isDataSourceURL && setting.value == .none {
            found.append(contradiction(setting.key.name, "must be set: it tells where the data source is"))
        }
        let oauth = ["callback.oauth.tokenUrl", "callback.oauth.clientId", "callback.oauth.clientSecretFile"]
        let missing = oauth.filter { values.optionalText($0) == nil }
        if !missing.isEmpty, missing.count < oauth.count {
            found.append(
                contradiction(missing[0], "must be set with the other keys of callback.oauth, or none of them")
            )
        }
        if isPostgres, origin(of: "secrets.keyFile") == .builtIn {
            let message =
                "must be set with a PostgreSQL store: all its nodes need the same key; make one with"
                + " (umask 077; head -c 32 /dev/urandom > FILE) and give a copy to each"
            found.append(contradiction("secrets.keyFile", message))
        }
        if !values.flag("process.allowRoot") {
            if let user = values.optionalText("process.user"), host.userID(user) == 0 {
                let message = "\(user) is root, which needs process.allowRoot"
                found.append(contradiction("process.user", message))
            }
            for user in values.list("process.allowedUsers") where host.userID(user) == 0 {
                let message = "\(user) is root, which needs process.allowRoot"
                found.append(contradiction("process.allowedUsers", message))
            }
        }
        return found
    }

    /// Settings that are allowed but probably not meant.
    var warnings: [String] {
        var found: [String] = []
        if isReachable {
            found.append("http.allowInsecure: passwords and data cross the network unencrypted")
        }
        found += storeWarnings
        guard values.flag("process.enabled") else { return found }
        let user = values.optionalText("process.user")
        if user == nil, host.effectiveUserID == 0, !values.flag("process.allowRoot") {
            found.append(
                "process.user: the server runs as root and may not run jobs as root, so process jobs will fail;"
                    + " name a user, or set process.allowRoot"
            )
        }
        let others = Set(values.list("process.allowedUsers") + (user.map { [$0] } ?? []))
        for name in others.sorted() {
            guard let id = host.userID(name) else {
                found.append("process.allowedUsers: there is no user \(name)")
                continue
            }
            if host.effectiveUserID != 0, id != host.effectiveUserID {
                found.append("process.user, process.allowedUsers: only a server run by root can run jobs as \(name)")
            }
        }
        return found
    }

    private var storeWarnings: [String] {
        if isPostgres {
            guard origin(of: "content.dir") == .builtIn else { return [] }
            return ["content.dir: lies in this node's dataDir; nodes that share the store must share this folder, too"]
        }
        return ["store.passwordFile", "store.poolSize"]
            .filter { origin(of: $0) != .builtIn }
            .map { "\($0): has no meaning for SQLite" }
    }

    private var isPostgres: Bool { StoreURL.isPostgres(values.text("store.url")) }

    private var isReachable: Bool { !HostName.isLoopback(values.text("http.host")) }

    private func contradiction(_ key: String, _ message: String) -> ConfigurationProblem {
        ConfigurationProblem(kind: .contradiction, key: key, origin: origin(of: key), message: message)
    }

    private func origin(of key: String) -> ConfigurationOrigin? { settings.first { $0.key.name == key }?.origin }
}
