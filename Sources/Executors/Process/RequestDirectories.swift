@preconcurrency import Glibc
package import SchedulerCore

/// The directories of a process job: `{workDir}/{requestId}/{work,log,out}`, each 0700 and the job user's
/// (administration §5.7). The directory of the request stays the server's and may only be passed through, so the job
/// can replace none of the three.
package struct RequestDirectories: Hashable, Sendable {
    package let request: String
    package var work: String { request + "/work" }
    package var log: String { request + "/log" }
    package var out: String { request + "/out" }

    private static let passMode: mode_t = 0o711
    private static let ownMode: mode_t = 0o700

    /// Creates what is missing; what a former attempt left stays. Refuses links, and directories of strangers where
    /// the server's belong.
    ///
    /// - Parameters:
    ///   - workDirectory: an existing directory, or one whose parent exists.
    ///   - request: names the directory.
    ///   - owner: the job's user.
    /// - Returns: the paths.
    /// - Throws: `ProcessSystemError` naming the directory that is not as it must be.
    package static func create(
        in workDirectory: String,
        for request: RequestID,
        owner: JobUser
    ) throws -> RequestDirectories {
        let path = "\(workDirectory)/\(request)"
        if mkdir(workDirectory, passMode) == 0 {
            // Whatever the server's umask took away.
            chmod(workDirectory, passMode)
        } else if errno != EEXIST {
            throw ProcessSystemError("creating the directory \(workDirectory)")
        }
        let parent = open(workDirectory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard parent >= 0 else { throw ProcessSystemError("opening the directory \(workDirectory)") }
        defer { close(parent) }
        let directory = try child("\(request)", of: parent, path: path, mode: passMode, owner: nil)
        defer { close(directory) }
        let directories = RequestDirectories(request: path)
        for name in ["work", "log", "out"] {
            close(try child(name, of: directory, path: "\(path)/\(name)", mode: ownMode, owner: owner))
        }
        return directories
    }

    /// A descriptor of the directory, which is made if it is missing; without `owner` it must be the server's already.
    private static func child(
        _ name: String,
        of parent: Int32,
        path: String,
        mode: mode_t,
        owner: JobUser?
    ) throws -> Int32 {
        let attempt = "creating the directory \(path)"
        if mkdirat(parent, name, mode) != 0, errno != EEXIST { throw ProcessSystemError(attempt) }
        let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProcessSystemError(attempt) }
        do {
            var status = Glibc.stat()
            guard fstat(descriptor, &status) == 0 else { throw ProcessSystemError(attempt) }
            let wanted = owner?.userID ?? geteuid()
            guard owner != nil || status.st_uid == wanted else { throw ProcessSystemError(attempt, code: EPERM) }
            // The mode first: who gives a directory away may not change it any more.
            if status.st_mode & 0o7777 != mode, fchmod(descriptor, mode) != 0 { throw ProcessSystemError(attempt) }
            if let owner, status.st_uid != wanted || status.st_gid != owner.groupID,
                fchown(descriptor, owner.userID, owner.groupID) != 0
            {
                throw ProcessSystemError(attempt)
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}
