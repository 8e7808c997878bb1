import Foundation

/// A folder of its own for each test, gone with it.
package final class TemporaryFolder: Sendable {
    private static let memory = "/dev/shm"

    package let path: String

    /// - Parameter inMemory: whether it may be on no disk, so that nothing waits for one.
    /// - Throws: the errors of the file system.
    package init(inMemory: Bool = false) throws {
        var base = FileManager.default.temporaryDirectory
        if inMemory, FileManager.default.isWritableFile(atPath: Self.memory) { base = URL(filePath: Self.memory) }
        let folder = base.appendingPathComponent("escapement-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    /// Removes it now, so that one that cannot go is noticed.
    func remove() throws { try FileManager.default.removeItem(atPath: path) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func path(of file: String) -> String { "\(path)/\(file)" }

    package var database: String { path(of: "escapement.db") }
}
