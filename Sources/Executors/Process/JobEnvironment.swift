/// The environment of a process job (administration §5.7, runtime §9.1): nothing but what is named here.
///
/// Later sources win: the server's variables on the allow list, the definition's, the shell's values, the facts of
/// the request. Names that would load code or show the server's own configuration never pass.
package struct JobEnvironment: Hashable, Sendable {
    private static let forbiddenPrefixes = ["LD_", "ESCAPEMENT_"]

    package private(set) var variables: [String: String] = [:]

    /// - Parameters:
    ///   - server: the server's own environment.
    ///   - allowed: names taken from it, `process.environment`.
    ///   - definition: `SYS_environmentVariables`, tokens replaced.
    ///   - shell: `ESC_…` values, only for a shell command.
    ///   - facts: `ESS_…` and `REQUESTID`.
    package init(
        server: [String: String],
        allowed: [String],
        definition: [String: String] = [:],
        shell: [String: String] = [:],
        facts: [String: String]
    ) {
        for name in allowed { add(name, server[name]) }
        for source in [definition, shell, facts] {
            for (name, value) in source { add(name, value) }
        }
    }

    private mutating func add(_ name: String, _ value: String?) {
        guard let value, Self.mayPass(name), !value.utf8.contains(0) else { return }
        variables[name] = value
    }

    /// False for the names no job ever gets.
    package static func mayPass(_ name: String) -> Bool {
        isName(name) && !forbiddenPrefixes.contains { name.hasPrefix($0) }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
}
