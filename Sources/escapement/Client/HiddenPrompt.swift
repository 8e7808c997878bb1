import Glibc

/// Reads a line from the terminal while it does not echo.
enum HiddenPrompt {
    /// Longest line taken from the terminal, in bytes; the terminal itself allows no more.
    private static let lineBytesMax = 4096

    /// The answer, or nil when standard input is no terminal or nothing was typed.
    static func ask(_ question: String) -> String? {
        var shown = termios()
        guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
        try? ClientConsole.standard.write(.messages, Array(question.utf8))
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            try? ClientConsole.standard.write(.messages, [UInt8(ascii: "\n")])
        }
        var line = [UInt8](repeating: 0, count: lineBytesMax)
        let count = read(STDIN_FILENO, &line, line.count)
        return count > 0 ? ClientSurroundings.firstLine(Array(line[..<count])) : nil
    }
}
