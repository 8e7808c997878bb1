import Foundation
import SchedulerAPI
import SchedulerCore
import Testing

/// The members that answers are described with are those that the sources write.
@Suite("OpenAPI documents: answers")
struct AnswerSchemaTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../Sources"
    )
    .standardizedFileURL

    @Test("each member that is written is described")
    func writtenMembersAreDescribed() throws {
        let described = try Self.described()
        // A binding, an output and the like are written where they are answered.
        let written =
            try Self.texts(in: ["SchedulerAPI/Answers", "SchedulerAPI/Details", "SchedulerAPI/Errors"])
            + Self.texts(in: ["SchedulerHTTP/Answers", "SchedulerHTTP/Handlers"])
        var count = 0
        for text in written {
            for match in text.matches(of: /(?:member|name|list|items)\("(\w+)"/) {
                count += 1
                #expect(described.contains(String(match.output.1)), "\(match.output.1)")
            }
        }
        #expect(count > 150)
    }

    @Test("each member that is described is written, or read")
    func describedMembersAreWritten() throws {
        let folders = ["SchedulerAPI", "SchedulerHTTP", "Documents"]
        var words = Set(RequestMember.allCases.map(\.rawValue)).union(RequestAction.allCases.map(\.rawValue))
        for text in try Self.texts(in: folders) {
            words.formUnion(text.matches(of: /"(\w+)"/).map { String($0.output.1) })
        }
        // A member of the document's own description.
        #expect(try Self.described().subtracting(words).subtracting(["openapi"]).isEmpty)
    }

    /// Names of the properties of all schemas.
    private static func described() throws -> Set<String> {
        let documents = [ESSDocument.document(in: .documented), AdministrationDocument.document(in: .documented)]
        return Set(
            try documents.flatMap { names(try JSONReader.read($0.encoded(publicURL: TestServer.publicURL))) }
        )
    }

    private static func names(_ value: JSONValue) -> [String] {
        let below = value.members.flatMap { names($0.value) } + value.elements.flatMap { names($0) }
        return below + (value["properties"]?.members.map(\.name) ?? [])
    }

    /// The sources below some folders, but for the descriptions themselves.
    private static func texts(in folders: [String]) throws -> [String] {
        try folders.flatMap { folder -> [String] in
            let place = sources.appending(path: folder)
            let files = try #require(FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil))
            return try files.compactMap { $0 as? URL }
                .filter { $0.pathExtension == "swift" && !$0.path().contains("/OpenAPI/") }
                .map { try String(contentsOf: $0, encoding: .utf8) }
        }
    }
}
