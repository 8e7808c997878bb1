/// All settings of all sources put together: for each key of the table the value that wins, and
/// everything that is wrong in any source, also with values that do not win.
struct ConfigurationReading: Sendable {
    /// One for each key, in the order of the table. A key with a bad value keeps its default.
    let settings: [ConfigurationSetting]
    let problems: [ConfigurationProblem]

    /// Reads flags (`--config` among them), environment and file. Variables without our prefix are
    /// ignored.
    init(
        table: ConfigurationTable,
        arguments: [String],
        environment: [String: String],
        host: ConfigurationHost
    ) {
        let flags = FlagSource(arguments, table: table)
        let file = Self.file(named: flags.configFile, table: table, host: host)
        let sources = [flags.source, EnvironmentSource.read(environment, table: table), file.source]
        let table = file.table
        var problems = sources.flatMap(\.problems)
        var settings: [String: ConfigurationSetting] = [:]

        func settle(_ key: ConfigurationKey, dataDirectory: String?) {
            let given = sources.compactMap { $0.entry(for: key) }
            var winner: ConfigurationSetting?
            for entry in given + [Self.builtIn(key)] {
                do throws(ConfigurationProblem) {
                    let value = try entry.value(dataDirectory: dataDirectory, host: host)
                    winner = winner ?? ConfigurationSetting(key: key, value: value, origin: entry.origin)
                } catch {
                    problems.append(error)
                }
            }
            settings[key.name] = winner ?? ConfigurationSetting(key: key, value: .none, origin: .builtIn)
        }

        // The data directory goes first: other values refer to it.
        var dataDirectory: String?
        if let key = table.key(named: "dataDir") {
            settle(key, dataDirectory: nil)
            dataDirectory = settings[key.name]?.value.description
        }
        for key in table.keys where settings[key.name] == nil { settle(key, dataDirectory: dataDirectory) }
        self.settings = table.keys.compactMap { settings[$0.name] }
        self.problems = problems
    }

    private static func builtIn(_ key: ConfigurationKey) -> ConfigurationEntry {
        ConfigurationEntry(key: key, raw: .text(key.defaultText ?? ""), origin: .builtIn, spelling: key.name)
    }

    /// The settings of the file, and the table with the keys that it brings along.
    private static func file(
        named path: String?,
        table: ConfigurationTable,
        host: ConfigurationHost
    ) -> (source: ConfigurationSource, table: ConfigurationTable) {
        let chosen = path ?? host.defaultFile
        do throws(SmallFileError) {
            let file = FileSource(try host.readFile(chosen), path: chosen, table: table)
            return (file.source, file.table)
        } catch {
            // Only the file that nobody asked for may be missing.
            if path == nil, error.isMissing { return (ConfigurationSource(), table) }
            let problem = ConfigurationProblem(
                kind: .unreadable,
                key: nil,
                origin: .file(path: chosen, line: 1),
                message: "the configuration file cannot be read: \(error)"
            )
            return (ConfigurationSource(problems: [problem]), table)
        }
    }
}
