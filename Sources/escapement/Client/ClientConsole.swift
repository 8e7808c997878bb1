import Glibc

/// Where a command writes: data to standard output, messages to standard error, progress to a terminal.
struct ClientConsole: Sendable {
    enum Stream: Sendable { case output, messages }

    let outputIsTerminal: Bool
    let messagesAreTerminal: Bool
    let write: @Sendable (Stream, [UInt8]) throws -> Void

    /// The streams of this process.
    static let standard = ClientConsole(
        outputIsTerminal: isatty(STDOUT_FILENO) == 1,
        messagesAreTerminal: isatty(STDERR_FILENO) == 1,
        write: { stream, bytes in
            try writeAll(bytes, to: stream == .output ? STDOUT_FILENO : STDERR_FILENO)
        }
    )

    /// One line of data.
    func data(_ line: String) throws { try write(.output, Array((line + "\n").utf8)) }

    /// Data that is passed on, such as a log: as it is, but harmless to a terminal.
    func raw(_ bytes: [UInt8]) throws {
        try write(.output, outputIsTerminal ? TerminalText.harmless(bytes) : bytes)
    }

    /// One line for the user. A message that cannot be written is lost; the exit status still tells.
    func message(_ line: String) { try? write(.messages, Array("escapement: \(TerminalText.line(line))\n".utf8)) }

    /// Text for the user as it is, such as help.
    func text(_ text: String) { try? write(.messages, Array((text + "\n").utf8)) }

    /// A line that replaces the one before it; only on a terminal.
    func progress(_ line: String) {
        guard messagesAreTerminal else { return }
        try? write(.messages, Array("\r\u{1B}[K\(TerminalText.line(line))".utf8))
    }

    /// Removes the progress line.
    func endProgress() {
        guard messagesAreTerminal else { return }
        try? write(.messages, Array("\r\u{1B}[K".utf8))
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ClientFailure(exit: .other, message: "cannot write: \(SmallFileError(code: errno))")
            }
            rest = rest.dropFirst(count)
        }
    }
}
