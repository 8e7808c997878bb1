@preconcurrency import Glibc
package import SchedulerCore

/// Logs and outputs as files below one directory (runtime §9.5):
///
///     <root>/<millions>/<thousands>/<id>/<id>.log
///     <root>/<millions>/<thousands>/<id>/out/<name>
///
/// Folders have mode 0700 and files 0600, whatever the umask adds to that. Every call does its file work on the calling
/// thread: none belongs on an event loop. It keeps no state, so any number of stores may work on one directory.
package struct FileContentStore: ContentStore, ContentWriting {
    /// Bounds, `content.*` (administration §9).
    package struct Settings: Hashable, Sendable {
        /// Bytes of one log; the marker of a cut comes on top.
        package var maxLogSize: Int64
        /// Bytes of one output.
        package var maxOutputSize: Int64

        package init(maxLogSize: Int64 = 64 << 20, maxOutputSize: Int64 = 1 << 30) {
            self.maxLogSize = maxLogSize
            self.maxOutputSize = maxOutputSize
        }
    }

    /// Bytes that one read returns at most.
    static let sliceBytesMax = 4 << 20

    let root: String
    let settings: Settings

    /// - Parameters:
    ///   - root: absolute path without a slash at the end; made if it is missing, its parent is not.
    ///   - settings: bounds.
    /// - Throws: if the directory cannot be made or is none.
    package init(root: String, settings: Settings = Settings()) throws {
        self.root = root
        self.settings = settings
        try Self.makeFolder(root)
    }

    package func logPath(of id: RequestID) throws -> String {
        try makeFolders(of: id)
        return "\(folder(of: id))/\(id).log"
    }

    package func log(of id: RequestID, from offset: Int64, limit: Int) throws -> ContentSlice? {
        try slice("\(folder(of: id))/\(id).log", from: offset, limit: limit)
    }

    package func outputDirectory(of id: RequestID) throws -> String {
        try makeFolders(of: id)
        let path = outputFolder(of: id)
        try Self.makeFolder(path)
        return path
    }

    package func outputs(of id: RequestID) throws -> [OutputFile] {
        let flags = O_RDONLY | O_DIRECTORY
        guard let directory = try FileDescriptor.open(outputFolder(of: id), flags: flags) else { return [] }
        return try DirectoryListing.names(in: directory).compactMap { name in
            var status = Glibc.stat()
            guard OutputName.isAllowed(name), fstatat(directory.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { return nil }
            return OutputFile(name: name, size: Int64(status.st_size))
        }
    }

    package func output(of id: RequestID, name: String, from offset: Int64, limit: Int) throws -> ContentSlice? {
        guard OutputName.isAllowed(name) else { return nil }
        return try slice("\(outputFolder(of: id))/\(name)", from: offset, limit: limit)
    }

    func folder(of id: RequestID) -> String {
        "\(root)/\(id.value / 1_000_000)/\(id.value / 1000 % 1000)/\(id)"
    }

    func outputFolder(of id: RequestID) -> String { "\(folder(of: id))/out" }

    /// Makes the folder of a request. Removing another request may take away a folder above it meanwhile: then it
    /// begins anew.
    func makeFolders(of id: RequestID) throws(ContentError) {
        let folder = folder(of: id)
        var attempts = 0
        while mkdir(folder, 0o700) != 0, errno != EEXIST {
            attempts += 1
            guard errno == ENOENT, attempts <= Self.attemptsMax else { throw .system("making a folder") }
            let thousands = parent(of: folder)
            _ = mkdir(parent(of: thousands), 0o700)
            _ = mkdir(thousands, 0o700)
        }
    }

    func parent(of path: String) -> String {
        String(path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[..<$0] } ?? "")
    }

    private static let attemptsMax = 10

    private static func makeFolder(_ path: String) throws(ContentError) {
        guard mkdir(path, 0o700) != 0 else { return }
        guard errno == EEXIST else { throw .system("making a folder") }
        guard try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY) != nil else {
            throw .system(attempt: "opening a folder", code: ENOTDIR)
        }
    }

    private func slice(_ path: String, from offset: Int64, limit: Int) throws(ContentError) -> ContentSlice? {
        guard let file = try FileDescriptor.open(path, flags: O_RDONLY | O_NONBLOCK) else { return nil }
        let size = Int64(try file.status().st_size)
        let start = min(max(0, offset), size)
        let count = Int(min(size - start, Int64(max(0, min(limit, Self.sliceBytesMax)))))
        return ContentSlice(bytes: try file.read(from: start, limit: count), totalSize: size)
    }
}
