/// One row of the configuration table (administration specification §9): everything the program
/// knows about a key. Flags, variables, file, help, checks and documentation follow from it.
struct ConfigurationKey: Sendable {
    enum ValueType: String, Sendable {
        case flag = "true|false"
        case whole = "number"
        case duration = "duration"
        case size = "size"
        case text = "text"
        /// A path; relative ones are taken from the working directory of the program.
        case path = "path"
        case list = "list"
    }

    /// Dotted name, also the path in the YAML file: `http.publicUrl`.
    let name: String
    let type: ValueType
    /// The default as the configuration would write it; nil = none. `{dataDir}` is replaced.
    let defaultText: String?
    let rule: ConfigurationRule
    /// Whether a reload (SIGHUP) takes a new value over; the others need a restart.
    var isReloadable = false
    /// Whether the value must never be shown.
    var isSecret = false
    /// The form in which a text of the key may be shown, where a part of it must not be.
    var shown: @Sendable (String) -> String = { $0 }
    /// One sentence for the help.
    let summary: String

    /// The flag of the key: `--http-public-url`.
    var flag: String { "--" + words.joined(separator: "-") }

    /// The environment variable of the key: `ESCAPEMENT_HTTP_PUBLIC_URL`.
    var variable: String {
        ConfigurationTable.variablePrefix + words.map { $0.uppercased() }.joined(separator: "_")
    }

    /// `http.publicUrl` → `http`, `public`, `url`.
    private var words: [String] {
        var words: [String] = []
        for part in name.split(separator: ".") {
            words.append("")
            for character in part {
                if character.isUppercase { words.append("") }
                words[words.count - 1] += character.lowercased()
            }
        }
        return words
    }
}
