import Documents
import SchedulerCore

/// Reads and checks a text of documents.
enum DocumentText {
    static func check(
        _ text: String,
        beside others: [MetadataContent] = []
    ) throws(DocumentErrors) -> DocumentSet {
        let reading = DocumentReader.read(Array(text.utf8), as: .yaml, file: "f")
        let others = others.map { MetadataObject($0, origin: .api) }
        return try DocumentSet.checked([reading], origin: .directory, beside: others)
    }

    /// The problems as `line path message`.
    static func problems(_ text: String) -> [String] {
        do throws(DocumentErrors) {
            _ = try check(text)
            return []
        } catch {
            return error.problems.map { "\($0.line) \($0.path) \($0.message)" }
        }
    }
}
