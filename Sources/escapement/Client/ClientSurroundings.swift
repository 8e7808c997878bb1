import FoundationEssentials
import Glibc

/// What a command takes from its surroundings besides its arguments; tests bring their own.
struct ClientSurroundings: Sendable {
    var environment: [String: String]
    var readFile: @Sendable (String) throws(SmallFileError) -> [UInt8]
    /// Reads a file that only its owner may read; `EPERM` if others may, too.
    var readPrivateFile: @Sendable (String) throws(SmallFileError) -> [UInt8]
    var readStandardInput: @Sendable () throws(SmallFileError) -> [UInt8]
    /// Asks the person at the terminal without showing what is typed, which may be nothing; nil when
    /// there is no terminal.
    var askHidden: @Sendable (String) throws(ClientFailure) -> String?
    /// Asks the person at the terminal a question; nil when there is no terminal.
    var confirm: @Sendable (String) -> Bool?
    /// Reads a file, all files of that form in a folder, or with `-` standard input.
    var readDocuments: @Sendable (String, DocumentSource.Form) throws(SmallFileError) -> [DocumentSource] = {
        path,
        form throws(SmallFileError) in
        try DocumentSource.read(path, form)
    }
    /// Writes a file, in place of one that is there.
    var writeFile: @Sendable (String, [UInt8]) throws(ClientFailure) -> Void = { path, bytes throws(ClientFailure) in
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw ClientFailure(exit: .other, message: "cannot write \(path)")
        }
    }

    /// Largest file or input that holds a secret, in bytes.
    static let secretBytesMax = 64 << 10

    static func system(environment: [String: String]) -> ClientSurroundings {
        ClientSurroundings(
            environment: environment,
            readFile: { path throws(SmallFileError) in try SmallFile.read(path, bytesMax: secretBytesMax) },
            readPrivateFile: { path throws(SmallFileError) in
                try SmallFile.read(path, bytesMax: secretBytesMax, isPrivate: true)
            },
            readStandardInput: { () throws(SmallFileError) in
                try SmallFile.read(descriptor: STDIN_FILENO, bytesMax: secretBytesMax)
            },
            askHidden: { question throws(ClientFailure) in try HiddenPrompt.ask(question) },
            confirm: { ConfirmationPrompt.ask($0) }
        )
    }

    /// Reads a file that only its owner may read, or with `-` standard input.
    func readSecret(_ path: String) throws(SmallFileError) -> [UInt8] {
        try path == "-" ? readStandardInput() : readPrivateFile(path)
    }

    /// The first line of the bytes without its end; nil when it is empty or no UTF-8.
    static func firstLine(_ bytes: [UInt8]) -> String? {
        var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard let text = String(validating: line, as: UTF8.self), !text.isEmpty else { return nil }
        return text
    }
}
