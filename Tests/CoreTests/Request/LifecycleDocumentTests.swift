import Foundation
import SchedulerCore
import SchedulerTesting
import Testing

/// `docs/lifecycle.md` is written, not kept by hand.
struct LifecycleDocumentTests {
    private static let path = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/lifecycle.md")

    @Test("The page of the life cycle shows the table in force")
    func isFresh() throws {
        let expected = LifecycleDocument.text()
        if ProcessInfo.processInfo.environment["ESCAPEMENT_WRITE_DOCS"] != nil {
            try expected.write(to: Self.path, atomically: true, encoding: .utf8)
        }
        let stored = try? String(contentsOf: Self.path, encoding: .utf8)
        let hint: Comment =
            "docs/lifecycle.md is stale: ESCAPEMENT_WRITE_DOCS=1 swift test --filter LifecycleDocumentTests"
        #expect(stored == expected, hint)
    }

    @Test("Every state, every event and every refusal of the table is on the page")
    func isComplete() {
        let text = LifecycleDocument.text()
        for state in RequestState.allCases {
            #expect(text.contains("| `\(state.rawValue)` | \(state.displayText) | \(state.code) |"))
        }
        for row in RequestTransition.table {
            if let refusal = row.refusal { #expect(text.contains("| \(refusal) |")) }
        }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
        #expect(lines.count >= RequestState.allCases.count + RequestEventKind.allCases.count)
    }
}
