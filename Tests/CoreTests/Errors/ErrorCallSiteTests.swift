import Foundation
import SchedulerCore
import Testing

@Suite("Errors in the sources")
struct ErrorCallSiteTests {
    @Test("every error thrown with a literal code is in the catalogue and carries all arguments of its message")
    func sourcesCarryAllArguments() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            for site in ErrorCallSite.all(in: try String(contentsOf: file, encoding: .utf8)) {
                count += 1
                let place: Comment = "\(file.lastPathComponent):\(site.line) ESS-\(site.code)"
                let entry = ErrorCatalogue.entry(for: ErrorCode(site.code))
                #expect(entry?.argumentNames.count == site.argumentCount, place)
            }
        }
        #expect(count > 0, "the sources were not found")
    }

    @Test("calls are recognised with nested brackets, strings, interpolation and line breaks")
    func recognition() {
        let source = #"""
            throw SchedulerError(1013, "\(id)", state.rawValue)
            throw SchedulerError(
                5_005,
                "a, b) \(f(x, "y)"))",
                [1, 2].map { "\($0)" }.joined(),
            )
            throw SchedulerError(2001)
            throw SchedulerError(code, a, b)
            """#
        #expect(
            ErrorCallSite.all(in: source) == [
                ErrorCallSite(code: 1013, argumentCount: 2, line: 1),
                ErrorCallSite(code: 5005, argumentCount: 2, line: 2),
                ErrorCallSite(code: 2001, argumentCount: 0, line: 7),
            ]
        )
    }
}
