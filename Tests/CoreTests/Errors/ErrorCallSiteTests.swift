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

    /// Codes of the specifications whose part of the server is not built.
    private static let reserved: Set<Int> = [
        // Actions on many requests.
        32_002
    ]

    @Test("every code of the catalogue is used somewhere, but for those of parts that are not built")
    func catalogueIsUsed() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var used: Set<Int> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            guard !file.lastPathComponent.hasPrefix("ErrorCatalogue") else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            used.formUnion(ErrorCallSite.all(in: text).map(\.code))
            // Tables name the code of a refusal without making the error.
            used.formUnion(Self.numbers(in: text).filter { $0 > 1000 })
        }
        let unused = Set(ErrorCatalogue.all.map(\.code.number)).subtracting(used)
        #expect(unused.subtracting(Self.reserved).isEmpty)
    }

    /// The integer literals outside of comments.
    private static func numbers(in source: String) -> [Int] {
        source.split(separator: "\n").flatMap { line -> [Int] in
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
            return code.split { !$0.isNumber && $0 != "_" && !$0.isLetter }
                .compactMap { Int($0.filter { $0 != "_" }) }
        }
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
