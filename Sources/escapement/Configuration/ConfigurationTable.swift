/// All keys that a program knows. Whatever is not in here is unknown and refused.
struct ConfigurationTable: Sendable {
    static let variablePrefix = "ESCAPEMENT_"

    let keys: [ConfigurationKey]

    func key(named name: String) -> ConfigurationKey? { keys.first { $0.name == name } }
    func key(flag: String) -> ConfigurationKey? { keys.first { $0.flag == flag } }
    func key(variable: String) -> ConfigurationKey? { keys.first { $0.variable == variable } }
}
