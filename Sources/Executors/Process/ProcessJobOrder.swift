import SchedulerCore

/// What the parameters of a request order: the system properties of process jobs, read but not resolved (runtime §4).
struct ProcessJobOrder: Sendable {
    enum Command: Sendable {
        /// Arguments with tokens in them.
        case arguments([TokenTemplate])
        /// For `/bin/sh -c`, as it was written.
        case shell(String)
    }

    /// Suffix of `SYS_EXT_executableName` where none is given.
    private static let executableSuffix = ".sh"

    let command: Command
    let environment: [(name: String, value: TokenTemplate)]
    let workDirectoryRoot: TokenTemplate?
    let redirectedOutput: TokenTemplate?
    let exitCodes: ExitCodeMap
    let limits: ProcessLimits
    let user: String?

    init(_ invocation: Invocation, allowsShell: Bool) throws(ProcessSettingError) {
        func value(_ name: String) -> String? { invocation.value(name).flatMap { $0.isEmpty ? nil : $0 } }

        if value("SYS_EXT_shell")?.lowercased() == "true" {
            guard allowsShell else {
                throw ProcessSettingError("process.allowShell is false: jobs may not use a shell")
            }
            if let text = Self.commandText(value) {
                command = .shell(text)
            } else {
                command = .shell(try Self.executable(value))
            }
        } else if let text = Self.commandText(value) {
            var arguments: [TokenTemplate] = []
            for word in try CommandWords(splitting: text).words {
                arguments.append(try Self.template(word, of: "the command"))
            }
            command = .arguments(arguments)
        } else {
            // A path, not a line: it may contain blanks.
            command = .arguments([try Self.template(try Self.executable(value), of: "the command")])
        }

        environment = try Self.environment(value("SYS_environmentVariables") ?? "")
        workDirectoryRoot = try Self.template(value("SYS_workDirRoot"), of: "SYS_workDirRoot")
        redirectedOutput = try Self.template(value("SYS_redirectedOutputFile"), of: "SYS_redirectedOutputFile")
        limits = try ProcessLimits(parsing: value("SYS_EXT_limits") ?? "")
        user = value("SYS_EXT_osUser")

        var codes = ExitCodeMap()
        // Given but empty means none; absent means the default.
        if let text = invocation.value("SYS_cancelExitCode") { codes.cancelled = try ExitCodeMap.list(text) }
        if let text = invocation.value("SYS_EXT_pauseExitCode") { codes.paused = try ExitCodeMap.list(text) }
        if let text = invocation.value("SYS_successExitCode") { codes.success = try ExitCodeMap.list(text) }
        if let text = invocation.value("SYS_warningExitCode") { codes.warning = try ExitCodeMap.list(text) }
        if let text = invocation.value("SYS_bizErrorExitCode") { codes.businessError = try ExitCodeMap.list(text) }
        exitCodes = codes
    }

    /// All templates whose tokens must have a value.
    var templates: [TokenTemplate] {
        var templates = environment.map(\.value) + [workDirectoryRoot, redirectedOutput].compactMap { $0 }
        if case .arguments(let arguments) = command { templates += arguments }
        return templates
    }

    /// The argument vector with values in the place of tokens.
    func arguments(_ values: TokenValues) throws -> [String] {
        switch command {
        case .shell(let text): return try ShellCommand.arguments(for: text)
        case .arguments(let templates):
            return try templates.map { template in
                let argument = try template.resolved { token throws(TokenError) in try values.value(of: token) }
                guard !argument.utf8.contains(0) else { throw ProcessSettingError("an argument contains a NUL") }
                return argument
            }
        }
    }

    private static func commandText(_ value: (String) -> String?) -> String? {
        value("SYS_cmdLine") ?? value("SYS_EXT_cmdLine.Unix")
    }

    private static func executable(_ value: (String) -> String?) throws(ProcessSettingError) -> String {
        guard let name = value("SYS_EXT_executableName") else { throw ProcessSettingError("the job has no command") }
        var directory = value("SYS_EXT_executableDir.Unix") ?? ""
        if !directory.isEmpty, !directory.hasSuffix("/") { directory += "/" }
        return directory + name + (value("SYS_EXT_executableSuffix.Unix") ?? executableSuffix)
    }

    private static func environment(
        _ text: String
    ) throws(ProcessSettingError) -> [(name: String, value: TokenTemplate)] {
        guard let variables = EnvironmentText.variables(text) else {
            throw ProcessSettingError("SYS_environmentVariables is not NAME=value,…")
        }
        var result: [(name: String, value: TokenTemplate)] = []
        for (name, value) in variables {
            result.append((name, try template(value, of: "SYS_environmentVariables")))
        }
        return result
    }

    private static func template(_ text: String?, of property: String) throws(ProcessSettingError) -> TokenTemplate? {
        guard let text else { return nil }
        return try template(text, of: property) as TokenTemplate
    }

    private static func template(_ text: String, of property: String) throws(ProcessSettingError) -> TokenTemplate {
        do {
            return try TokenTemplate(parsing: text)
        } catch {
            throw ProcessSettingError("\(property) holds the unknown token \(error.arguments.first ?? "")")
        }
    }
}
