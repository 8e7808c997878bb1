import FoundationEssentials
import Glibc
import SchedulerEngine

/// The folder of a server: database, key, work directories (administration §9).
struct DataDirectory {
    let path: String

    var bootstrapPasswordPath: String { path + "/bootstrap-password" }

    /// Where a server notes which processes it runs.
    func processFolder() throws -> String {
        try Self.makeFolder(path + "/processes", mode: 0o700)
        return path + "/processes"
    }

    /// Makes the folder, others may pass through it and see nothing.
    init(_ path: String) throws {
        self.path = path
        try Self.makeFolder(path, mode: 0o711)
    }

    /// Makes the folder of the jobs' work directories; wherever it lies, jobs must be able to pass through it.
    static func makeWorkFolder(_ path: String) throws { try makeFolder(path, mode: 0o711) }

    /// The key of the installation.
    ///
    /// - Parameters:
    ///   - file: `secrets.keyFile`.
    ///   - mayMake: whether a missing one is made; a store that others share has a key already.
    /// - Returns: the key.
    /// - Throws: `ServerFailure` if the file is missing, readable for others or does not hold a key.
    static func installationKey(at file: String, mayMake: Bool) throws -> InstallationKey {
        if !FileManager.default.fileExists(atPath: file) {
            guard mayMake else {
                throw ServerFailure(
                    "secrets.keyFile: there is no \(file), and all nodes of a PostgreSQL store need the same key; "
                        + "copy it from another node, or make the first one with "
                        + "(umask 077; head -c \(InstallationKey.length) /dev/urandom > \(file))"
                )
            }
            try write(InstallationKey.random(), to: file)
        }
        var status = stat()
        guard stat(file, &status) == 0, let data = FileManager.default.contents(atPath: file) else {
            throw ServerFailure("the key file \(file) cannot be read")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw ServerFailure("the key file \(file) is open to others; take that away with: chmod 600 \(file)")
        }
        guard let key = InstallationKey(bytes: Array(data)) else {
            throw ServerFailure("the key file \(file) must hold exactly \(InstallationKey.length) bytes")
        }
        return key
    }

    /// Writes a new file that only its owner can read, durable before it counts.
    static func write(_ bytes: [UInt8], to file: String) throws {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ServerFailure("\(file) cannot be made: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else { throw ServerFailure("\(file) cannot be written") }
    }

    /// Gives a file its final name, durably; one that has it already goes.
    static func rename(_ file: String, to name: String) throws {
        guard Glibc.rename(file, name) == 0 else {
            throw ServerFailure("\(name) cannot be made: \(String(cString: strerror(errno)))")
        }
        let folder = open(String(name.prefix(upTo: name.lastIndex(of: "/") ?? name.startIndex)), O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func makeFolder(_ path: String, mode: mode_t) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw ServerFailure("the folder \(path) cannot be made: \(error)")
        }
        guard chmod(path, mode) == 0 else {
            throw ServerFailure("the mode of \(path) cannot be set: \(String(cString: strerror(errno)))")
        }
    }
}

/// Why a server does not start, in words for its operator.
struct ServerFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
