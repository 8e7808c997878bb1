extension ServerConfiguration {
    /// Reads and checks the configuration: the flags of the command line, without program and command,
    /// the environment, all of it, and the file. Throws everything that is wrong at once.
    static func load(
        arguments: [String],
        environment: [String: String],
        host: ConfigurationHost = .system
    ) throws(ConfigurationFailure) -> ServerConfiguration {
        let reading = ConfigurationReading(
            table: .server,
            arguments: arguments,
            environment: environment,
            host: host
        )
        // A value that could not be read needs no second complaint.
        let unread = Set(reading.problems.compactMap(\.key))
        let judgement = ConfigurationJudgement(settings: reading.settings, host: host)
        let problems = reading.problems + judgement.contradictions.filter { !unread.contains($0.key ?? "") }
        guard problems.isEmpty else { throw ConfigurationFailure(problems: problems) }
        return ServerConfiguration(settings: reading.settings, host: host)
    }

    /// This configuration with the values of the reloadable keys taken from `newer`, and the names of
    /// the keys whose new value waits for a restart.
    func reloaded(
        from newer: ServerConfiguration,
        host: ConfigurationHost = .system
    ) -> (configuration: ServerConfiguration, waitingForRestart: [String]) {
        let fresh = Dictionary(newer.effective.map { ($0.key.name, $0) }) { first, _ in first }
        var waiting: [String] = []
        let settings = effective.map { old in
            if let new = fresh[old.key.name], old.key.isReloadable || old.value == new.value { return new }
            waiting.append(old.key.name)
            return old
        }
        let known = Set(effective.map(\.key.name))
        waiting += newer.effective.map(\.key.name).filter { !known.contains($0) }
        return (ServerConfiguration(settings: settings, host: host), waiting)
    }
}
