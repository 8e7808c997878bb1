import ArgumentParser
import SchedulerAPI

/// `escapement metadata import`.
struct MetadataImport: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Print what becomes of Oracle's XML, and with --apply store it; with --quiet only the objects.",
        discussion: """
            The report has a line for everything that is not taken as it is. What the files hold is checked together, \
            so that an object may name one of another file; nothing is stored while something is wrong. Ends with 3 \
            where an error is found, also where the rest was stored.
            """
    )

    @Argument(help: ArgumentHelp("File or folder of XML, - for standard input.", valueName: "file"))
    var paths: [String] = []

    @Option(name: [.customShort("f"), .customLong("file")], parsing: .singleValue, help: "The same as an option.")
    var files: [String] = []

    @Option(help: "Package of objects that name none.")
    var package: String?

    @Option(help: "Application of definitions and sets that name none.")
    var application: String?

    @Option(help: "Zone of schedules that name none, such as Europe/Berlin.")
    var zone: String?

    @Flag(help: "Store the objects.")
    var apply = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        let all = paths + files
        guard !all.isEmpty else { throw ValidationError("Give a file or folder of XML.") }
        guard all.count(where: { $0 == "-" }) < 2 else { throw ValidationError("Standard input is read once.") }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        var run = ImportRun(
            client: session.client,
            standards: ImportStandards(package: package, application: application, zone: zone)
        )
        for source in try session.sources(paths + files, .xml) { try await run.read(source) }
        try await run.check()
        if apply, run.problems.isEmpty { try await run.apply() }
        try session.show(run.reply) {
            run.changes.isEmpty ? run.objects : run.changes.flatMap(\.words)
        } table: {
            run.text
        }
        for problem in run.problems { session.console.message(problem) }
        session.message(run.summary(applies: apply))
        return run.hasErrors ? .badInput : .done
    }
}
