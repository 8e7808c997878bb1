import Documents
import Foundation
import SchedulerCore
import Testing

/// The example of `docs/guides/oracle-import.md` is what the reader does.
@Suite("Guide to the import")
struct OracleImportGuideTests {
    private static let guide = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/guides/oracle-import.md")

    /// The text between the fences of the first block of a language.
    private static func block(_ language: String, of text: String) throws -> String {
        let start = try #require(text.range(of: "```\(language)\n"))
        let end = try #require(text[start.upperBound...].range(of: "```\n"))
        return String(text[start.upperBound..<end.lowerBound])
    }

    @Test("The example gives the document and the report of the guide")
    func example() throws {
        let text = try String(contentsOf: Self.guide, encoding: .utf8)
        let reading = OracleXMLText.read(try Self.block("xml", of: text))
        #expect(DocumentWriter.yaml(reading.contents) == (try Self.block("yaml", of: text)))
        let report = reading.report.map { $0.description + "\n" }.joined()
        #expect(report == (try Self.block("text", of: text)))
    }
}
