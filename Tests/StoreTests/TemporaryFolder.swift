import Foundation

/// A folder of its own for each test, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let base = FileManager.default.temporaryDirectory
        let folder = base.appendingPathComponent("escapement-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(of file: String) -> String { "\(path)/\(file)" }

    var database: String { path(of: "escapement.db") }
}
