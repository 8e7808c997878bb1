import Glibc

/// Reads a line from the terminal without showing it. The terminal hands over key by key meanwhile, so
/// that even Ctrl-C comes back here and the terminal is never left silent.
enum HiddenPrompt {
    /// Longest accepted line, in bytes; what is typed beyond it is dropped.
    private static let lineBytesMax = 4096
    private static let interruptKey: UInt8 = 0x03
    private static let endKey: UInt8 = 0x04
    private static let eraseKeys: [UInt8] = [0x08, 0x7F]
    private static let eraseLineKey: UInt8 = 0x15
    private static let lineEnds = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]

    /// What was typed, perhaps nothing; nil when standard input is no terminal.
    static func ask(_ question: String) throws(ClientFailure) -> String? {
        var usual = termios()
        guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &usual) == 0 else { return nil }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        // Asked only now: what is typed before the switch is thrown away with it.
        try? ClientConsole.standard.write(.messages, Array(question.utf8))
        let line = readLine()
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual)
        try? ClientConsole.standard.write(.messages, [UInt8(ascii: "\n")])
        guard let line else { throw ClientFailure(exit: .interrupted, message: "interrupted") }
        return line
    }

    /// The line as edited; nil after Ctrl-C.
    private static func readLine() -> String? {
        var line: [UInt8] = []
        var key: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &key, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, key != endKey, !lineEnds.contains(key) else { break }
            switch key {
            case interruptKey: return nil
            case eraseLineKey: line = []
            case _ where eraseKeys.contains(key): eraseCharacter(&line)
            default: if line.count < lineBytesMax { line.append(key) }
            }
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Takes a whole character of UTF-8 away, not its last byte.
    private static func eraseCharacter(_ line: inout [UInt8]) {
        while let byte = line.popLast(), byte & 0xC0 == 0x80 {}
    }
}
