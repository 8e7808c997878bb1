import SchedulerAPI

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
    var readDocuments: @Sendable (String, DocumentSource.Form) throws(SmallFileError) -> [DocumentSource] = { _, _ in
        []
    }
    var writeFile: @Sendable (String, [UInt8]) throws(ClientFailure) -> Void = { _, _ in }
    /// Bytes of a file that only its owner may read, or with `-` of standard input.
    var readSecret: @Sendable (String) throws(SmallFileError) -> [UInt8] = { _ in [] }

    /// All texts that some paths mean.
    ///
    /// - Throws: ``ClientFailure`` for what cannot be read, and where there is nothing.
    func sources(_ paths: [String], _ form: DocumentSource.Form) throws(ClientFailure) -> [DocumentSource] {
        var sources: [DocumentSource] = []
        for path in paths {
            do throws(SmallFileError) {
                sources += try readDocuments(path, form)
            } catch {
                throw ClientFailure(exit: .badInput, message: "cannot read \(path): \(error)")
            }
        }
        guard !sources.isEmpty else {
            throw ClientFailure(exit: .badInput, message: "there are no documents in \(paths.joined(separator: ", "))")
        }
        return sources
    }

    /// What a file with a secret holds, or with `-` standard input.
    ///
    /// - Throws: ``ClientFailure`` for what cannot be read, or may be read by others.
    func secret(_ path: String) throws(ClientFailure) -> [UInt8] {
        do throws(SmallFileError) {
            return try readSecret(path)
        } catch {
            throw ClientFailure(exit: .usage, message: "\(path): \(error)")
        }
    }

    /// A line for the user, unless he wants none.
    func message(_ line: String) {
        if !isQuiet { console.message(line) }
    }

    func progress(_ line: String) {
        if !isQuiet { console.progress(line) }
    }

    /// Shows an answer: whole to a program, else what people want to know of it.
    ///
    /// - Parameters:
    ///   - reply: the answer.
    ///   - words: lines of a quiet command.
    ///   - table: what is printed else.
    /// - Throws: what writing throws.
    func show(_ reply: ReplyValue, quiet words: () -> [String], table: () -> String) throws {
        guard form == .table else { return try show(whole: reply) }
        guard isQuiet else { return try console.data(table()) }
        for word in words() { try console.data(TerminalText.line(word)) }
    }

    /// Shows an answer: whole to a program, else what people want to know of it.
    func show(_ answer: some AnswerView, quiet words: () -> [String], table: () -> String) throws {
        try show(ReplyValue(answer.json), quiet: words, table: table)
    }

    /// Shows an answer to a program.
    func show(whole answer: some AnswerView) throws { try show(whole: ReplyValue(answer.json)) }

    /// Shows a value to a program; people were told all of it by the exit status.
    func show(whole value: ReplyValue) throws {
        if form != .table { try console.data(form.text(of: value)) }
    }
}
