@preconcurrency import Glibc

/// The operating-system user a job runs as.
package struct JobUser: Hashable, Sendable {
    package let name: String
    package let userID: UInt32
    package let groupID: UInt32
    /// All groups of the user, the primary one too.
    package let groups: [UInt32]

    package init(name: String, userID: UInt32, groupID: UInt32, groups: [UInt32]) {
        self.name = name
        self.userID = userID
        self.groupID = groupID
        self.groups = groups
    }

    /// Bytes for the texts of one entry of the user database.
    private static let entryBytes = 16384
    /// Groups one user may have (`NGROUPS_MAX` of Linux).
    private static let groupLimit = 65536

    /// Asks the user database, which may block; nil if there is no such user.
    package static func lookUp(_ name: String) throws -> JobUser? {
        try entry { getpwnam_r(name, $0, $1, $2, $3) }
    }

    /// The user this process runs as.
    package static func current() throws -> JobUser {
        let userID = geteuid()
        if let user = try entry({ getpwuid_r(userID, $0, $1, $2, $3) }) { return user }
        // A container may run under a number without an entry.
        return JobUser(name: String(userID), userID: userID, groupID: getegid(), groups: [getegid()])
    }

    private static func entry(
        _ ask: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) throws -> JobUser? {
        try withUnsafeTemporaryAllocation(of: CChar.self, capacity: entryBytes) { buffer in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard let start = buffer.baseAddress else { return nil }
            let code = ask(&entry, start, buffer.count, &found)
            guard code == 0 else { throw ProcessSystemError("reading the user database", code: code) }
            guard let user = found?.pointee, let name = user.pw_name else { return nil }
            return JobUser(
                name: String(cString: name),
                userID: user.pw_uid,
                groupID: user.pw_gid,
                groups: try groups(of: name, primary: user.pw_gid)
            )
        }
    }

    private static func groups(of name: UnsafePointer<CChar>, primary: UInt32) throws -> [UInt32] {
        var room: Int32 = 64
        while room <= groupLimit {
            var groups = [gid_t](repeating: 0, count: Int(room))
            var count = room
            if getgrouplist(name, primary, &groups, &count) >= 0 { return Array(groups.prefix(Int(count))) }
            room *= 2
        }
        throw ProcessSystemError("reading the groups of a user", code: ERANGE)
    }
}
