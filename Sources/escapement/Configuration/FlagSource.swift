/// Reads settings from command-line arguments: `--http-port 0`, `--http-port=0`, and a boolean flag
/// alone, which means true. `--config FILE` names the file and is no setting.
struct FlagSource {
    static let configFlag = "--config"

    private(set) var source = ConfigurationSource()
    /// The file that the arguments name.
    private(set) var configFile: String?

    private let table: ConfigurationTable
    private var rest: ArraySlice<String>

    init(_ arguments: [String], table: ConfigurationTable) {
        self.table = table
        rest = arguments[...]
        while let argument = rest.popFirst() { take(argument) }
    }

    private mutating func take(_ argument: String) {
        guard argument.hasPrefix("--"), argument != "--" else {
            return note("\(argument) is no flag and belongs to none", origin: nil)
        }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let flag = parts[0]
        let attached = parts.count == 2 ? parts[1] : nil
        if flag == Self.configFlag { return takeConfigFile(attached) }
        guard let key = table.key(flag: flag) else {
            // What follows an unknown flag is its value, not another mistake.
            if attached == nil { _ = nextValue() }
            let candidates = table.keys.map(\.flag) + [Self.configFlag]
            return source.refuse(unknown: flag, among: candidates, origin: .flag(flag))
        }
        guard let value = attached ?? nextValue() ?? (key.type == .flag ? "true" : nil) else {
            return note("needs a value", key: flag, origin: .flag(flag))
        }
        let entry = ConfigurationEntry(key: key, raw: .text(value), origin: .flag(flag), spelling: key.name)
        source.add(entry)
    }

    private mutating func takeConfigFile(_ attached: String?) {
        let origin = ConfigurationOrigin.flag(Self.configFlag)
        guard let path = attached ?? nextValue(), !path.isEmpty else {
            return note("needs the path of a file", key: Self.configFlag, origin: origin)
        }
        guard configFile == nil else { return note("is given twice", key: Self.configFlag, origin: origin) }
        configFile = path
    }

    /// The next argument, unless it is a flag.
    private mutating func nextValue() -> String? {
        guard let next = rest.first, !next.hasPrefix("--") else { return nil }
        return rest.popFirst()
    }

    private mutating func note(_ message: String, key: String? = nil, origin: ConfigurationOrigin?) {
        source.problems.append(
            ConfigurationProblem(kind: .unreadable, key: key, origin: origin, message: message)
        )
    }
}
