import Glibc

/// What reading the configuration needs to know of the machine; tests bring their own.
struct ConfigurationHost: Sendable {
    /// The file that is read when none is named, if it exists.
    var defaultFile = "/etc/escapement/escapement.yaml"
    var workingDirectory: String
    /// The user id that the program acts with.
    var effectiveUserID: UInt32
    /// The id of a user by name, nil when there is none.
    var userID: @Sendable (String) -> UInt32?
    /// The bytes of a file.
    var readFile: @Sendable (String) throws(SmallFileError) -> [UInt8]

    /// Largest configuration file, in bytes.
    static let fileBytesMax = 1 << 20

    /// This machine.
    static let system = ConfigurationHost(
        workingDirectory: currentDirectory(),
        effectiveUserID: geteuid(),
        userID: { name in systemUserID(name) },
        readFile: { path throws(SmallFileError) in try SmallFile.read(path, bytesMax: fileBytesMax) }
    )

    /// `path`, made absolute by the working directory.
    func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        var relative = Substring(path)
        while relative.hasPrefix("./") { relative = relative.dropFirst(2) }
        if relative.isEmpty || relative == "." { return workingDirectory }
        return workingDirectory == "/" ? "/\(relative)" : "\(workingDirectory)/\(relative)"
    }

    private static func currentDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    private static func systemUserID(_ name: String) -> UInt32? {
        /// Room for the strings of the entry, in bytes; glibc's own recommendation is a quarter of it.
        let bufferBytes = 4096
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        let status = withUnsafeTemporaryAllocation(of: CChar.self, capacity: bufferBytes) { buffer in
            guard let start = buffer.baseAddress else { return ENOMEM }
            return getpwnam_r(name, &entry, start, bufferBytes, &found)
        }
        return status == 0 && found != nil ? entry.pw_uid : nil
    }
}
