import ArgumentParser

/// `escapement metadata`: changes stored objects by documents.
struct MetadataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metadata",
        abstract: "Check documents, see and make the changes that they mean, write stored objects as documents.",
        subcommands: [
            MetadataPlanVerb.self, MetadataApply.self, MetadataValidate.self, MetadataImport.self, MetadataExport.self,
        ]
    )
}

/// Where documents come from.
struct DocumentOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("file")],
        parsing: .singleValue,
        help: "File or folder of documents, - for standard input; may be given repeatedly."
    )
    var files: [String]

    @Option(help: "Package in and below which stored objects that no document names are deleted.")
    var prune: String?

    func validate() throws {
        guard files.count(where: { $0 == "-" }) < 2 else { throw ValidationError("Standard input is read once.") }
    }

    /// All texts.
    ///
    /// - Throws: `ClientFailure` for what cannot be read.
    func read(in session: ClientSession) throws(ClientFailure) -> [DocumentSource] {
        let sources = try session.sources(files, .documents)
        if let broken = sources.first(where: { String(validating: $0.bytes, as: UTF8.self) == nil }) {
            throw ClientFailure(exit: .badInput, message: "\(broken.name) is not UTF-8")
        }
        return sources
    }
}
