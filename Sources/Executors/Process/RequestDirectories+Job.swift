@preconcurrency import Glibc

/// What the server reads in directories that a job may have filled with anything.
extension RequestDirectories {
    private static let pausedStateName = "paused-state"

    /// File that the job writes before it pauses (`ESS_PAUSED_STATE_FILE`).
    package var pausedState: String { "\(work)/\(Self.pausedStateName)" }

    /// What a former pause left must not count for the next one.
    package func removePausedState() throws {
        let directory = try openWork()
        defer { close(directory) }
        guard unlinkat(directory, Self.pausedStateName, 0) == 0 || errno == ENOENT else {
            throw ProcessSystemError("removing the paused state")
        }
    }

    /// The paused state as it was written; nil if there is none.
    ///
    /// - Parameters:
    ///   - limit: bytes; more is an error.
    ///   - user: the job's. The file must be his: a link to somebody else's could show what only the server may read.
    /// - Returns: the text; invalid UTF-8 is mended.
    /// - Throws: if the file is not such a one, or too large.
    package func pausedState(limit: Int, of user: JobUser) throws -> String? {
        let directory = try openWork()
        defer { close(directory) }
        let file = openat(directory, Self.pausedStateName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw ProcessSystemError("opening the paused state") }
        defer { close(file) }
        var status = Glibc.stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
            status.st_uid == user.userID
        else { throw ProcessSettingError("it is no plain file of the job's user") }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            guard got >= 0 else { throw ProcessSystemError("reading the paused state") }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else { throw ProcessSettingError("it has more than \(limit) bytes") }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Whether the job has left anything in its directory for outputs.
    package var hasOutputs: Bool {
        guard let directory = opendir(out) else { return false }
        defer { closedir(directory) }
        // Two entries are the directory itself and its parent.
        for _ in 0..<2 where readdir(directory) == nil { return false }
        return readdir(directory) != nil
    }

    private func openWork() throws -> Int32 {
        let directory = open(work, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard directory >= 0 else { throw ProcessSystemError("opening the work directory") }
        return directory
    }
}
