import Glibc

/// Asks the person at the terminal before something that cannot be undone.
enum ConfirmationPrompt {
    private static let agreement: Set<String> = ["y", "yes"]

    /// Whether the answer was yes; nil when standard input is no terminal.
    static func ask(_ question: String) -> Bool? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        try? ClientConsole.standard.write(.messages, Array("\(question) [y/N] ".utf8))
        return agreement.contains((readLine() ?? "").lowercased())
    }
}
