@preconcurrency import Glibc

/// The limit of open files (RLIMIT_NOFILE).
///
/// A running job costs the server some five descriptors, and services usually start with 1024. That number is low for
/// the sake of old programs which use `select`; a server may raise it, jobs should find it as it was.
struct OpenFiles: Sendable {
    /// As this process was started.
    let soft: UInt64
    let hard: UInt64

    /// Allows this process as many as it may have.
    static func raise() -> OpenFiles? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        let found = OpenFiles(soft: UInt64(limit.rlim_cur), hard: UInt64(limit.rlim_max))
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return found
    }
}
