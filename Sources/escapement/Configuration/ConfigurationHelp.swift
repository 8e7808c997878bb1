/// The part of the help that lists the configuration, made from the table.
enum ConfigurationHelp {
    static func text(for table: ConfigurationTable) -> String {
        let keys = table.keys.map { key in
            let reload = key.isReloadable ? ", reloaded on SIGHUP" : ""
            return """
                \(key.flag) <\(key.type.rawValue)>
                    \(key.summary)
                    \(key.name), default \(key.defaultText ?? "none")\(reload)
                """
        }
        return """
            Each key of the configuration is a flag, an environment variable and a path in the YAML file: \
            --http-port, ESCAPEMENT_HTTP_PORT and http.port are the same key. A flag wins against the environment, \
            that against the file, the file against the default. The file is the one named by --config, else \
            /etc/escapement/escapement.yaml if it exists. Lists are separated by commas, durations are written \
            500ms, 10s, 30m, 12h or 7d, sizes 64KiB, 4MiB or 1GiB. A boolean flag without value means true.

            CONFIGURATION:
            \(keys.joined(separator: "\n"))
            """
    }
}
