@preconcurrency import Glibc
package import SchedulerCore

/// Writing and removing outputs.
extension FileContentStore {
    /// Files taken from one directory.
    private static let outputsPerAttemptMax = 1000

    package func writeOutput(_ bytes: [UInt8], name: String, of id: RequestID) throws {
        guard OutputName.isAllowed(name) else { throw ContentError.badName }
        guard Int64(bytes.count) <= settings.maxOutputSize else {
            throw ContentError.tooLarge(limit: settings.maxOutputSize)
        }
        let directory = try openOutputDirectory(of: id)
        try replace(name, in: directory) { file throws(ContentError) in
            try file.write(bytes)
        }
    }

    /// The directory is the job's, perhaps a hostile one's: only plain files with one name are read, opened without
    /// following links, and only as large as they were when it began.
    package func collectOutputs(from directory: String, of id: RequestID) throws -> OutputCollection {
        var collection = OutputCollection()
        guard let source = try FileDescriptor.open(directory, flags: O_RDONLY | O_DIRECTORY) else { return collection }
        let names = try DirectoryListing.names(in: source, limit: Self.outputsPerAttemptMax + 1)
        guard !names.isEmpty else { return collection }
        if names.count > Self.outputsPerAttemptMax {
            collection.remarks.append("Of more than \(Self.outputsPerAttemptMax) outputs only some were stored.")
        }
        let target = try openOutputDirectory(of: id)
        for name in names.prefix(Self.outputsPerAttemptMax) {
            do {
                try collect(name, from: source, to: target, into: &collection)
            } catch {
                collection.remarks.append("The output \(Self.shown(name)) was not stored: \(error).")
            }
        }
        return collection
    }

    package func remove(_ id: RequestID) throws {
        let folder = folder(of: id)
        guard let directory = try FileDescriptor.open(folder, flags: O_RDONLY | O_DIRECTORY) else { return }
        try Self.empty(directory, depth: 0)
        guard rmdir(folder) == 0 || errno == ENOENT else { throw ContentError.system("removing a folder") }
        // Folders that others still use stay.
        let thousands = parent(of: folder)
        if rmdir(thousands) == 0 { rmdir(parent(of: thousands)) }
    }

    private func collect(
        _ name: String,
        from source: borrowing FileDescriptor,
        to target: borrowing FileDescriptor,
        into collection: inout OutputCollection
    ) throws(ContentError) {
        guard OutputName.isAllowed(name) else {
            collection.remarks.append("The output \(Self.shown(name)) was not stored: its name is not allowed.")
            return
        }
        var status = Glibc.stat()
        guard fstatat(source.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
        guard Self.isPlain(status), let file = try FileDescriptor.open(name, in: source, flags: O_RDONLY | O_NONBLOCK)
        else {
            collection.remarks.append("The output \(name) was not stored: it is no plain file with one name.")
            return
        }
        let opened = try file.status()
        guard Self.isPlain(opened), opened.st_ino == status.st_ino, opened.st_dev == status.st_dev else {
            collection.remarks.append("The output \(name) was not stored: it changed meanwhile.")
            return
        }
        let limit = min(Int64(opened.st_size), settings.maxOutputSize)
        var size: Int64 = 0
        try replace(name, in: target) { copy throws(ContentError) in
            size = try copy.copy(from: file, limit: limit)
        }
        collection.stored.append(OutputFile(name: name, size: size))
        if Int64(opened.st_size) > settings.maxOutputSize {
            collection.remarks.append("The output \(name) was cut at the limit of \(settings.maxOutputSize) bytes.")
        }
    }

    private func openOutputDirectory(of id: RequestID) throws -> FileDescriptor {
        let path = try outputDirectory(of: id)
        guard let directory = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY) else {
            throw ContentError.system(attempt: "opening a folder", code: ENOENT)
        }
        return directory
    }

    /// Writes a file beside the outputs and puts it in the place of `name` once it is whole.
    private func replace(
        _ name: String,
        in directory: borrowing FileDescriptor,
        _ fill: (borrowing FileDescriptor) throws(ContentError) -> Void
    ) throws(ContentError) {
        // A job may write one name from several tasks at once: each fills a file of its own, the last one stays.
        let temporary = "../incoming-\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
        let flags = O_WRONLY | O_CREAT | O_EXCL
        guard let file = try FileDescriptor.open(temporary, in: directory, flags: flags) else {
            throw .system(attempt: "making a file", code: ENOENT)
        }
        do throws(ContentError) {
            try fill(file)
            try file.synchronise()
            guard renameat(directory.number, temporary, directory.number, name) == 0 else {
                throw ContentError.system("storing a file")
            }
        } catch {
            _ = unlinkat(directory.number, temporary, 0)
            throw error
        }
    }

    private static func isPlain(_ status: stat) -> Bool {
        status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1
    }

    /// A name of a job's making, fit for a log.
    private static func shown(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? "?" : scalar
        }
        return "“" + String(String.UnicodeScalarView(scalars)).bounded(toBytes: 128) + "”"
    }

    /// Folders below a request's: far more than this store makes.
    private static let depthMax = 16

    private static func empty(_ directory: borrowing FileDescriptor, depth: Int) throws(ContentError) {
        for name in try DirectoryListing.names(in: directory) {
            if unlinkat(directory.number, name, 0) == 0 || errno == ENOENT { continue }
            guard errno == EISDIR || errno == EPERM, depth < depthMax else { throw .system("removing a file") }
            let flags = O_RDONLY | O_DIRECTORY
            guard let folder = try FileDescriptor.open(name, in: directory, flags: flags) else { continue }
            try empty(folder, depth: depth + 1)
            guard unlinkat(directory.number, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
                throw .system("removing a folder")
            }
        }
    }
}
