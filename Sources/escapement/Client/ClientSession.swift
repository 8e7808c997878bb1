/// Everything a client command works with.
struct ClientSession: Sendable {
    let client: ServerClient
    let console: ClientConsole
    let waiting: Waiting
    let form: OutputForm
    let isQuiet: Bool
    /// The running job that the command acts for; nil for everybody who signs in.
    var job: JobContext?
    /// Texts of documents, by a path or `-`.
    var readDocuments: @Sendable (String) throws(SmallFileError) -> [DocumentSource] = { _ in [] }
    var writeFile: @Sendable (String, [UInt8]) throws(ClientFailure) -> Void = { _, _ in }

    /// A line for the user, unless he wants none.
    func message(_ line: String) {
        if !isQuiet { console.message(line) }
    }

    func progress(_ line: String) {
        if !isQuiet { console.progress(line) }
    }

    /// Shows a JSON answer as it is.
    func show(json value: ReplyValue) throws {
        try console.data(String(decoding: value.json(), as: UTF8.self))
    }
}
