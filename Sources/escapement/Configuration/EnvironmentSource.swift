/// Reads settings from environment variables that begin with `ESCAPEMENT_`. All of these must be
/// known: a misspelt one would be a setting that silently does nothing.
enum EnvironmentSource {
    /// Variables with this prefix that are no settings: those of the command line and of the first start.
    private static let otherVariables = ["ESCAPEMENT_URL", "ESCAPEMENT_TOKEN", "ESCAPEMENT_ADMIN_PASSWORD"]
    /// Kubernetes sets these for a service named `escapement`.
    private static let orchestratorPrefixes = ["ESCAPEMENT_SERVICE_", "ESCAPEMENT_PORT"]

    static func read(_ environment: [String: String], table: ConfigurationTable) -> ConfigurationSource {
        var source = ConfigurationSource()
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where isOurs(name) {
            let origin = ConfigurationOrigin.variable(name)
            guard let key = table.key(variable: name) else {
                source.refuse(unknown: name, among: table.keys.map(\.variable), origin: origin)
                continue
            }
            let entry = ConfigurationEntry(key: key, raw: .text(value), origin: origin, spelling: key.name)
            source.add(entry)
        }
        return source
    }

    private static func isOurs(_ name: String) -> Bool {
        name.hasPrefix(ConfigurationTable.variablePrefix) && !otherVariables.contains(name)
            && !orchestratorPrefixes.contains(where: name.hasPrefix)
    }
}
