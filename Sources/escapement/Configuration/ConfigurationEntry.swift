/// A value as one source gives it, before it is understood.
struct ConfigurationEntry: Sendable {
    enum Raw: Sendable, Equatable {
        case text(String)
        /// A YAML sequence.
        case items([String])
    }

    let key: ConfigurationKey
    let raw: Raw
    let origin: ConfigurationOrigin
    /// The key in the spelling of its source, for messages.
    let spelling: String
}

/// What one source gave: flags, environment or file.
struct ConfigurationSource: Sendable {
    var entries: [ConfigurationEntry] = []
    var problems: [ConfigurationProblem] = []

    func entry(for key: ConfigurationKey) -> ConfigurationEntry? { entries.first { $0.key.name == key.name } }

    /// Takes an entry in, unless the source already has one for the key: two cannot both be meant.
    mutating func add(_ entry: ConfigurationEntry) {
        guard self.entry(for: entry.key) == nil else {
            let message = "is given twice"
            problems.append(
                ConfigurationProblem(
                    kind: .contradiction,
                    key: entry.spelling,
                    origin: entry.origin,
                    message: message
                )
            )
            return
        }
        entries.append(entry)
    }

    /// Notes a name that no key has, with the valid one that it resembles most.
    mutating func refuse(unknown name: String, among candidates: [String], origin: ConfigurationOrigin) {
        let nearest = EditDistance.nearest(to: name, among: candidates) ?? ""
        problems.append(
            ConfigurationProblem(
                kind: .unknown(nearest: nearest),
                key: name,
                origin: origin,
                message: "is no key of the configuration"
            )
        )
    }
}
