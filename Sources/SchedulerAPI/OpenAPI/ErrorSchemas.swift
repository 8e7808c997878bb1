import SchedulerCore

/// The one schema of all refusals (REST §2.3, §6).
enum ErrorSchemas {
    /// - Parameter codes: those that the document's operations refuse with; what is no operation has its own two.
    /// - Returns: the schema.
    static func detail(_ codes: Set<ErrorCode>) -> APISchema {
        let names = codes.union([5020, 5021]).sorted { $0.number < $1.number }.map(\.description)
        return .answer(
            [
                "detail": .text.about("The code, a colon, the message."),
                "errorCode": .oneOf(names),
                "errors": .list(of: place).about("Places to mend, where there are several."),
                "status": .int32.about("The HTTP status."),
                "title": .text.about("The kind of the error."),
                "type": .url.about("The page about the code, on this server."),
            ],
            required: ["detail", "errorCode", "status", "title", "type"]
        )
    }

    static let place = APISchema.answer(
        [
            "file": .text, "line": .int32, "message": .text,
            "path": .text.about("JSON pointer; empty: the whole document."),
        ],
        required: ["message", "path"]
    )
}
