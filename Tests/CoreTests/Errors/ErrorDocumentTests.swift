import Foundation
import SchedulerCore
import SchedulerTesting
import Testing

/// `docs/errors.md` is written, not kept by hand.
struct ErrorDocumentTests {
    private static let path = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/errors.md")

    @Test("The page of the errors shows the catalogue in force")
    func isFresh() throws {
        let expected = ErrorDocument.text()
        if ProcessInfo.processInfo.environment["ESCAPEMENT_WRITE_DOCS"] != nil {
            try expected.write(to: Self.path, atomically: true, encoding: .utf8)
        }
        let stored = try? String(contentsOf: Self.path, encoding: .utf8)
        let hint: Comment = "docs/errors.md is stale: ESCAPEMENT_WRITE_DOCS=1 swift test --filter ErrorDocumentTests"
        #expect(stored == expected, hint)
    }

    @Test("Every code is on the page once, with status, title, cause and remedy")
    func isComplete() {
        let rows = ErrorDocument.text().split(separator: "\n").filter { $0.hasPrefix("| ESS-") }
        #expect(rows.count == ErrorCatalogue.all.count)
        for entry in ErrorCatalogue.all {
            let mine = rows.filter { $0.hasPrefix("| \(entry.code) | \(entry.status) | \(entry.title) | ") }
            #expect(mine.count == 1, "\(entry.code)")
        }
    }
}
