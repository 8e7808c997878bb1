@testable import escapement

/// A machine for configuration tests: files in memory, users root (0), escapement (990) and nobody
/// (65534), the server running as escapement in /srv.
struct TestMachine {
    static let defaultFile = "/etc/escapement/escapement.yaml"

    var files: [String: String] = [:]
    var effectiveUserID: UInt32 = 990

    var host: ConfigurationHost {
        let files = files
        return ConfigurationHost(
            workingDirectory: "/srv",
            effectiveUserID: effectiveUserID,
            userID: { ["root": 0, "escapement": 990, "nobody": 65_534][$0] },
            readFile: { path throws(SmallFileError) in
                guard let content = files[path] else { throw SmallFileError(code: 2) }
                return Array(content.utf8)
            }
        )
    }

    func load(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> ServerConfiguration {
        try ServerConfiguration.load(arguments: arguments, environment: environment, host: host)
    }

    /// What is wrong with a configuration; empty when nothing is.
    func problems(_ arguments: [String] = [], _ environment: [String: String] = [:]) -> [ConfigurationProblem] {
        do {
            _ = try ServerConfiguration.load(arguments: arguments, environment: environment, host: host)
            return []
        } catch {
            return error.problems
        }
    }

    func problemTexts(_ arguments: [String] = [], _ environment: [String: String] = [:]) -> [String] {
        problems(arguments, environment).map(\.description)
    }
}

extension ServerConfiguration {
    /// The effective value of a key as text, and its origin.
    func setting(_ name: String) -> (value: String, origin: ConfigurationOrigin)? {
        effective.first { $0.key.name == name }.map { ($0.shownText, $0.origin) }
    }
}
