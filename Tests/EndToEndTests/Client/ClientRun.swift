import Synchronization

@testable import escapement

/// Runs a client command against a stub and keeps what it prints and how it waits.
struct ClientRun: Sendable {
    /// What a command left behind.
    struct Result: Sendable {
        let exit: ClientExit
        let output: String
        let messages: String
        /// The pauses it made, in order.
        let pauses: [Duration]
    }

    /// The first argument of all.
    var noun = "request"
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var standardInput = ""
    /// What the person at the terminal types; nil = there is no terminal to ask at.
    var typed: String?
    var outputIsTerminal = false
    var messagesAreTerminal = false
    /// What the person at the terminal answers when asked; nil = there is no terminal.
    var agrees: Bool?
    /// Keeps the files that the command writes.
    var written: WrittenFiles?
    /// Whether the time of `--timeout` is over at once; else it never is.
    var timeIsOver = false

    var surroundings: ClientSurroundings {
        let (files, standardInput, typed, agrees, written) = (files, standardInput, typed, agrees, written)
        return ClientSurroundings(
            environment: environment,
            readFile: { path throws(SmallFileError) in
                guard let content = files[path] else { throw SmallFileError(code: 2) }
                return Array(content.utf8)
            },
            readPrivateFile: { path throws(SmallFileError) in
                guard let content = files[path] else { throw SmallFileError(code: 2) }
                guard !content.hasPrefix("# open") else { throw .readableByOthers }
                return Array(content.utf8)
            },
            readStandardInput: { () throws(SmallFileError) in Array(standardInput.utf8) },
            askHidden: { _ in typed },
            confirm: { _ in agrees },
            readDocuments: { path, _ throws(SmallFileError) in
                let text = path == "-" ? standardInput : files[path]
                guard let text else { throw SmallFileError(code: 2) }
                return [DocumentSource(name: path, bytes: Array(text.utf8))]
            },
            writeFile: { path, bytes in written?.keep(path, bytes) }
        )
    }

    /// Parses the arguments as the program does and runs the command.
    func callAsFunction(_ arguments: [String], _ transport: StubTransport) async throws -> Result {
        let written = Mutex<(output: [UInt8], messages: [UInt8])>(([], []))
        let pauses = Mutex<[Duration]>([])
        let console = ClientConsole(
            outputIsTerminal: outputIsTerminal,
            messagesAreTerminal: messagesAreTerminal,
            write: { stream, bytes in
                written.withLock { written in
                    switch stream {
                    case .output: written.output += bytes
                    case .messages: written.messages += bytes
                    }
                }
            }
        )
        let timeIsOver = timeIsOver
        let limit = try timeout(of: arguments)
        let waiting = Waiting { duration in
            if duration == limit, !timeIsOver { await untilCancelled() }
            try Task.checkCancellation()
            pauses.withLock { $0.append(duration) }
        }
        let parsed = try EscapementCommand.command(for: [noun] + arguments)
        guard let verb = parsed as? any ClientVerb else {
            throw ClientFailure(exit: .other, message: "\(arguments) is no client command")
        }
        let exit: ClientExit
        do {
            exit = try await verb.execute(surroundings, transport: transport, console: console, waiting: waiting)
        } catch let failure as ClientFailure {
            exit = failure.exit
            for line in [failure.message] + failure.details { console.message(line) }
        }
        return Result(
            exit: exit,
            output: written.withLock { String(decoding: $0.output, as: UTF8.self) },
            messages: written.withLock { String(decoding: $0.messages, as: UTF8.self) },
            pauses: pauses.withLock { $0 }
        )
    }

    private func timeout(of arguments: [String]) throws -> Duration? {
        guard let index = arguments.firstIndex(of: "--timeout") else { return nil }
        return DurationText.parse(arguments[index + 1])
    }
}
