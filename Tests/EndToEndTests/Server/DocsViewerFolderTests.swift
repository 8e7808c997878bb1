import Foundation
import SchedulerTesting
import Testing

@testable import escapement

@Suite("The folder of the documents' viewer")
struct DocsViewerFolderTests {
    private static let names = ["LICENSE", "swagger-ui-bundle.js", "swagger-ui.css"]

    private let folder: TestFolder
    private let keeper = LogKeeper()

    init() throws {
        folder = try TestFolder()
        for name in Self.names { try Data(name.utf8).write(to: URL(filePath: folder.path(name))) }
    }

    private var viewer: DocsViewerFolder { DocsViewerFolder(path: folder.path("."), logger: keeper.logger) }

    @Test("a folder with all files is read, without a word")
    func complete() {
        #expect(viewer.read() != nil)
        #expect(keeper.lines.isEmpty)
    }

    @Test("a folder that lacks a file, or has one that is too large, is none; the log names the file", arguments: names)
    func incomplete(name: String) throws {
        let large = try #require(FileHandle(forWritingAtPath: folder.path(name)))
        try large.truncate(atOffset: UInt64(DocsViewerFolder.fileBytesMax) + 1)
        try large.close()
        #expect(viewer.read() == nil)
        try FileManager.default.removeItem(atPath: folder.path(name))
        #expect(viewer.read() == nil)
        #expect(keeper.lines.count == 2)
        #expect(keeper.lines.allSatisfy { $0.hasPrefix("warning ") && $0.contains(name) })
    }

    @Test("a server shows its documents by it", .timeLimit(.minutes(2)))
    func server() async throws {
        let server = try await ServerProcess.start(folder, ["--http-docs-viewer-dir", folder.path(".")])
        let page = try await server.call("GET", "/api/v1/docs")
        #expect(page.status == 200 && page.body.contains("docs/swagger-ui-bundle.js"))
        #expect(try await server.call("GET", "/api/v1/docs/LICENSE").body == "LICENSE")
        #expect(await server.stop() == 0)
    }
}
