/// Where a program is looked for: the job's own `PATH`, never the server's.
package enum ExecutableSearch {
    /// Used by jobs that have no `PATH`.
    package static let defaultPath = "/usr/local/bin:/usr/bin:/bin"

    /// Paths to try in turn. Relative directories of the `PATH`, the empty one too, are left out: what a job runs
    /// must not depend on what lies in its work directory.
    ///
    /// - Parameters:
    ///   - name: taken as it is if it contains a `/`; relative to the work directory then.
    ///   - path: `PATH` of the job.
    /// - Returns: paths, none if no directory is left.
    package static func candidates(for name: String, path: String?) -> [String] {
        guard !name.utf8.contains(UInt8(ascii: "/")) else { return [name] }
        let directories = (path ?? defaultPath).utf8.split(separator: UInt8(ascii: ":"))
        return directories.filter { $0.first == UInt8(ascii: "/") }.map { "\(Substring($0))/\(name)" }
    }
}
