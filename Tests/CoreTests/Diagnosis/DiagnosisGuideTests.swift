import Foundation
import SchedulerCore
import Testing

/// The table of `docs/guides/diagnosis.md` is what a reader looks a code up in.
@Suite("Guide to the diagnosis")
struct DiagnosisGuideTests {
    private static let guide = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/guides/diagnosis.md")

    /// The codes in the first cells of the table's rows, from above to below.
    private static func codes(in text: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { row in
            row.split(separator: "|")[0].matches(of: /`([A-Z_]+)`/).map { String($0.1) }
        }
    }

    @Test("Every code stands in the table once, in the order in which a diagnosis tells them")
    func isComplete() throws {
        let text = try String(contentsOf: Self.guide, encoding: .utf8)
        #expect(Self.codes(in: text) == DiagnosticCode.allCases.map(\.rawValue))
    }
}
