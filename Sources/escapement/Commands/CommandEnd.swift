import ArgumentParser

/// How the program ends after an error: its message on standard error and its exit status.
enum CommandEnd {
    static func exit(after error: any Error) -> Never {
        for message in messages(for: error) { ClientConsole.standard.message(message) }
        switch status(for: error) {
        case .own(let status): EscapementCommand.exit(withError: ExitCode(status))
        case .parser: EscapementCommand.exit(withError: error)
        case .usage:
            ClientConsole.standard.text(EscapementCommand.fullMessage(for: error))
            EscapementCommand.exit(withError: ExitCode(ClientExit.usage.rawValue))
        }
    }

    enum Status: Equatable {
        /// A status of ours.
        case own(Int32)
        /// The parser's business: help, a status that a command threw.
        case parser
        /// Wrong usage; the parser would end with 64, we end with 2.
        case usage
    }

    static func status(for error: any Error) -> Status {
        if let failure = error as? ClientFailure { return .own(failure.exit.rawValue) }
        if error is ConfigurationFailure { return .own(ConfigurationFailure.exitStatus) }
        return EscapementCommand.exitCode(for: error) == .validationFailure ? .usage : .parser
    }

    /// What is said about an error of ours, a line each.
    static func messages(for error: any Error) -> [String] {
        switch error {
        case let failure as ClientFailure: [failure.message] + failure.details
        case let failure as ConfigurationFailure: failure.problems.map { "configuration error: \($0)" }
        default: []
        }
    }
}
