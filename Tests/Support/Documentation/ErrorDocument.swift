import SchedulerCore

/// Writes `docs/errors.md` from the error catalogue: a pure function of the sources.
package enum ErrorDocument {
    /// The whole document, with a line end at the end.
    package static func text() -> String {
        ([introduction] + ErrorChapter.all.map(section)).joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        # Errors

        <!-- Written by Tests/Support/Documentation/ErrorDocument.swift from ErrorCatalogue.all. -->
        <!-- Refresh: ESCAPEMENT_WRITE_DOCS=1 swift test --filter ErrorDocumentTests -->

        Every refusal has one of these codes: in the member `errorCode` of the answer, at the begin of `detail`, in logs,
        in the audit trail and in the messages of the command line. The answer's `type` is the address of a page about
        the code on the server itself, `/errors/ESS-nnnnn`; `/errors` lists them all. Both need no sign-in.

        Words in angle brackets stand for values. A code is never given another meaning.
        """

    private static func section(_ chapter: ErrorChapter) -> String {
        let rows = chapter.entries.map { entry in
            "| \(entry.code) | \(entry.status) | \(entry.title) | \(cell(entry.meaning)) | \(cell(entry.cause)) "
                + "| \(cell(entry.remedy)) |"
        }
        return """
            ## \(chapter.title)

            | Code | Status | Title | Message | Cause | What to do |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    /// What Markdown would read as its own is written so that it shows as it is.
    private static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|", "<", "*", "_": result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }
}
