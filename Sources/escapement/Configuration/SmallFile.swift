import Glibc

/// Reads files that belong to the command line or the configuration: whole, but not without bound.
/// Pipes work too, so that a shell can hand over a secret by `<(…)`.
enum SmallFile {
    /// - Parameters:
    ///   - path: of the file.
    ///   - bytesMax: larger ones are refused (`EFBIG`).
    ///   - isPrivate: refuse a file that others than its owner may read (`EPERM`).
    /// - Returns: all its bytes.
    /// - Throws: `SmallFileError`.
    static func read(_ path: String, bytesMax: Int, isPrivate: Bool = false) throws(SmallFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SmallFileError(code: errno) }
        defer { close(descriptor) }
        if isPrivate {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw SmallFileError(code: errno) }
            guard status.st_mode & 0o077 == 0 else { throw .readableByOthers }
        }
        return try read(descriptor: descriptor, bytesMax: bytesMax)
    }

    /// Everything up to the end of the stream.
    static func read(descriptor: Int32, bytesMax: Int) throws(SmallFileError) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SmallFileError(code: errno) }
            guard count > 0 else { return content }
            content += chunk[..<count]
            guard content.count <= bytesMax else { throw SmallFileError(code: EFBIG) }
        }
    }
}

/// Why a file could not be read; the code is one of `errno`.
struct SmallFileError: Error, Equatable, CustomStringConvertible {
    let code: Int32

    /// A file that should be private is not.
    static let readableByOthers = SmallFileError(code: EPERM)

    var isMissing: Bool { code == ENOENT }

    var description: String {
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
