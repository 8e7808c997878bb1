import SchedulerAPI

/// An import of many files: each is read, all are checked together, then each is stored.
struct ImportRun {
    private static let header = ["FILE", "LINE", "OUTCOME", "ITEM", "REASON"]
    private static let fields = ["source", "line", "outcome", "item", "reason"]
    /// What a file that names an object of another, not yet stored, is refused with.
    private static let missingReference = "ESS-30003"

    let client: ServerClient
    /// What the files do not say themselves.
    let standards: ImportStandards
    private var files: [File] = []
    /// What has to be mended before anything is stored.
    private(set) var problems: [String] = []

    private struct File {
        let source: DocumentSource
        var answer: ImportView
    }

    init(client: ServerClient, standards: ImportStandards) {
        self.client = client
        self.standards = standards
    }

    // MARK: - Steps

    /// Has the server read a file; one that it cannot read is a problem, not the end.
    mutating func read(_ source: DocumentSource) async throws {
        do {
            let answer = try await call(source, applies: false)
            files.append(File(source: source, answer: answer))
        } catch let failure as ClientFailure where failure.exit == .badInput && !failure.details.isEmpty {
            problems += failure.details
        }
    }

    /// Has the server check the objects of all files beside what it has stored.
    mutating func check() async throws {
        guard files.contains(where: { !$0.answer.documents.isEmpty }) else { return }
        let texts = files.map { DocumentTexts.File(name: $0.source.name, text: Self.documents(of: $0.answer)) }
        do {
            _ = try await client.send(.validate(DocumentTexts(files: texts)))
        } catch let failure as ClientFailure where failure.exit == .badInput && !failure.details.isEmpty {
            problems += failure.details
        }
    }

    /// Stores file by file; one that names what a later one holds comes again after it.
    mutating func apply() async throws {
        var waiting = Array(files.indices)
        while !waiting.isEmpty {
            var left: [Int] = []
            var refusal: ClientFailure?
            for index in waiting {
                do {
                    files[index].answer = try await call(files[index].source, applies: true)
                } catch let failure as ClientFailure where failure.errorCode == Self.missingReference {
                    left.append(index)
                    refusal = failure
                }
            }
            if let refusal, left.count == waiting.count { throw refusal }
            waiting = left
        }
    }

    private func call(_ source: DocumentSource, applies: Bool) async throws -> ImportView {
        try await client.send(.importXML(source.bytes, source: source.name, standards, applies: applies))
    }

    // MARK: - What is shown

    var hasErrors: Bool { !problems.isEmpty || report.contains { $0.outcome == "error" } }

    /// The answers as they came.
    var reply: ReplyValue {
        .object([
            "files": .list(files.map { ReplyValue($0.answer.json) }), "problems": .list(problems.map { .text($0) }),
        ])
    }

    /// Ids of what the files hold.
    var objects: [String] { files.flatMap(\.answer.documents).map { Self.id(of: ReplyValue($0)) } }

    /// What was stored, file by file.
    var changes: [PlanSummary] { files.compactMap { $0.answer.result.map(PlanSummary.init) } }

    /// The report, and what was stored below it.
    var text: String {
        let rows = report.map { $0.cells(Self.fields) }
        let lines = changes.flatMap(\.lines).map(TerminalText.line)
        return ([TextTable.render(header: Self.header, rows: rows)] + lines).joined(separator: "\n")
    }

    func summary(applies: Bool) -> String {
        let count =
            "\(objects.count) \(objects.count == 1 ? "object" : "objects") in \(files.count) "
            + (files.count == 1 ? "file" : "files")
        if !problems.isEmpty { return "\(count); mend what is wrong first" }
        guard applies else { return "\(count); nothing is stored without --apply" }
        let stored = changes.reduce(0) { $0 + $1.changes.count }
        return "\(count), \(stored) stored"
    }

    private var report: [ImportView.ReportItem] { files.flatMap(\.answer.report) }

    // MARK: - Documents

    private static func id(of document: ReplyValue) -> String {
        "\(document["kind"]?.text ?? ""):/\(document["package"]?.text ?? "")/\(document["name"]?.text ?? "")"
    }

    /// The documents of a file, each on the line on which the file has it, so that errors name that.
    private static func documents(of answer: ImportView) -> String {
        let lines = answer.report.reduce(into: [String: Int]()) { lines, item in
            guard item.outcome == "mapped", let reason = item.reason, reason.hasPrefix("is ") else { return }
            lines[String(reason.dropFirst(3))] = item.line
        }
        var text = ""
        var line = 1
        for document in answer.documents.map({ ReplyValue($0) }) {
            if line > 1 {
                text += "---\n"
                line += 1
            }
            let place = max(line, lines[id(of: document)] ?? line)
            text += String(repeating: "\n", count: place - line)
            text += ((try? document.json()).map { String(decoding: $0, as: UTF8.self) } ?? "{}") + "\n"
            line = place + 1
        }
        return text
    }
}
