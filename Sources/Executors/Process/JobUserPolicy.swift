/// Who jobs may run as: `process.user`, `process.allowedUsers`, `process.allowRoot` (administration §5.7, §9).
package struct JobUserPolicy: Hashable, Sendable {
    /// Of jobs that name nobody.
    package let standard: JobUser
    /// Names that `SYS_EXT_osUser` may give.
    package let allowed: [String]
    package let allowsRoot: Bool

    package init(standard: JobUser, allowed: [String], allowsRoot: Bool) {
        self.standard = standard
        self.allowed = allowed
        self.allowsRoot = allowsRoot
    }

    /// - Parameters:
    ///   - requested: `SYS_EXT_osUser`.
    ///   - lookUp: asks the user database.
    /// - Returns: a user the job may run as.
    /// - Throws: `ProcessSettingError` if the configuration forbids it or there is no such user.
    package func user(for requested: String?, lookUp: (String) throws -> JobUser?) throws -> JobUser {
        var user = standard
        if let requested, !requested.isEmpty, requested != standard.name {
            guard allowed.contains(requested) else {
                throw ProcessSettingError("process.allowedUsers does not name the user “\(requested)”")
            }
            guard let found = try lookUp(requested) else {
                throw ProcessSettingError("there is no user “\(requested)”")
            }
            user = found
        }
        // By number: names like “toor” are root too.
        guard user.userID != 0 || allowsRoot else {
            throw ProcessSettingError("jobs may not run as root: process.allowRoot is false")
        }
        return user
    }
}
